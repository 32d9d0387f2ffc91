import { readFileSync } from 'node:fs';
import { withConnection, type Connection } from '../../database/connection.ts';
import { createDatabase, dropDatabase } from '../../database/databases.ts';
import { catalogLogin, type Login } from '../../database/login.ts';
import { applySqlFile } from '../../database/migrate.ts';
import { databaseName, type Site } from '../../database/server.ts';
import { catalogDifferences } from './compare-catalogs/compare-catalogs.ts';
import type { SourceSchema } from './source-schema.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`${name}.fixture.sql`, import.meta.url), 'utf8');

/** SQL with objects of every kind that a major has. */
export const everyKind = (major: number): string =>
  ['every-kind', ...[15, 17, 18].filter((since) => since <= major).map((since) => `since-${since}`)]
    .map(fixture)
    .join('\n');

const never = new AbortController().signal;

/** A database of a test, for its superuser. */
export interface TestDatabase {
  /** Reads it as a run does. */
  login: Login;
  /** Runs SQL as somebody does whose database it is. */
  make: (sql: string) => Promise<unknown>;
  use: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;
}

/** Runs `use` with two empty databases. */
export async function withTwoDatabases<T>(
  site: Site,
  use: (source: TestDatabase, rebuilt: TestDatabase) => Promise<T>,
): Promise<T> {
  const { server } = site;
  const [source, rebuilt] = [databaseName(server, 'source'), databaseName(server, 'rebuilt')];
  try {
    for (const name of [source, rebuilt]) await createDatabase(site, name);
    return await use(databaseAt(server.admin(source).url), databaseAt(server.admin(rebuilt).url));
  } finally {
    for (const name of [source, rebuilt]) await dropDatabase(site, name);
  }
}

function databaseAt(url: string): TestDatabase {
  const login: Login = { ...catalogLogin(url), environment: 'ignored' };
  return {
    login,
    make: (sql) => withConnection({ ...login, settings: {} }, never, (connection) => connection.query(sql)),
    use: (work) => withConnection(login, never, work),
  };
}

/** Applies a schema as a run does, with what stands between its two parts. */
export async function rebuild(
  { login }: TestDatabase,
  { beforeRows, afterRows, materializedViews }: SourceSchema,
  loadRows: (connection: Connection) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  await withConnection({ ...login, settings: {} }, never, async (connection) => {
    await applySqlFile(connection, { path: 'before-rows.sql', text: beforeRows });
    await loadRows(connection);
    await applySqlFile(connection, { path: 'after-rows.sql', text: afterRows });
    for (const view of materializedViews) await connection.query(`REFRESH MATERIALIZED VIEW ${view}`);
  });
}

/** Builds a schema in an empty database, and compares that with its source. */
export async function differencesOnceRebuilt(
  source: TestDatabase,
  rebuilt: TestDatabase,
  schema: SourceSchema,
): Promise<string[]> {
  await rebuild(rebuilt, schema);
  return source.use((one) => rebuilt.use((other) => catalogDifferences(one, other, schema.leftOut)));
}
