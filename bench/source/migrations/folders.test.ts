import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import { applySqlFile } from '../../database/migrate.ts';
import { catalogDifferences } from '../schema/compare-catalogs/compare-catalogs.ts';
import { applyMigrations } from './apply-migrations.ts';
import { readMigrations } from './read-migrations.ts';
import { MIGRATION_TOOLS } from './tools.ts';

const FIXTURES = join(import.meta.dirname, '../../../tests/fixtures/migrations');

const read = (tool: string, candidate?: string) =>
  readMigrations({ location: join(FIXTURES, tool, 'migrations'), tool: undefined, candidate });

/** As somebody would type them, one after the other. */
async function byHand(connection: Connection, tool: string): Promise<void> {
  const text = await readFile(join(FIXTURES, tool, 'by-hand.sql'), 'utf8');
  for (const statement of text.split(/;\n(?=[A-Z]+ )/)) await connection.query(statement);
}

async function withDatabases(use: (one: Connection, other: Connection) => Promise<void>): Promise<void> {
  const databases = [await freshDatabase(), await freshDatabase()] as const;
  const never = new AbortController().signal;
  try {
    const [first, second] = databases;
    await withConnection(first.login, never, (one) =>
      withConnection(second.login, never, (other) => use(one, other)),
    );
  } finally {
    await Promise.all(databases.map(({ drop }) => drop()));
  }
}

test.each(MIGRATION_TOOLS)(
  'a folder of $title is told from others, and gives the catalog that its files give by hand',
  async ({ name }) => {
    const plan = await read(name);
    expect(plan.tool.name).toBe(name);
    await withDatabases(async (typed, applied) => {
      await byHand(typed, name);
      await applyMigrations(applied, { ...plan, schema: [...plan.schema, plan.candidate, ...plan.later] });
      expect(await catalogDifferences(typed, applied)).toEqual([]);
    });
  },
);

test.each([
  ['goose', 'its own file'],
  ['dbmate', 'its own file'],
  ['node-pg-migrate', 'its own file', '20240102000000000_by-state'],
  ['golang-migrate', 'another file'],
  ['diesel', 'another file'],
  ['sqlx', 'another file'],
  ['flyway', 'another file', 'V1_10__rename'],
  ['prisma', 'another file', '20240103000000_by_customer'],
  ['sql', 'another file', '2-by-state'],
])('a migration of %s is taken back by what %s has for that', async (name, _file, chosen?: string) => {
  const { tool, schema, candidate } = await read(name, chosen);
  const { down } = candidate;
  if (!down) throw new Error(`${candidate.name} cannot be taken back`);
  await withDatabases(async (before, after) => {
    await applyMigrations(before, { tool, schema });
    await applyMigrations(after, { tool, schema: [...schema, candidate] });
    await applySqlFile(after, down);
    expect(await catalogDifferences(before, after)).toEqual([]);
  });
});
