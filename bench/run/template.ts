import { ageByShares, ageByFile, type AgedRows } from '../database/age.ts';
import { tableSizes } from '../database/table-sizes.ts';
import { disableAutovacuum } from '../database/autovacuum.ts';
import { withConnection, type Connection } from '../database/connection.ts';
import { createDatabase } from '../database/databases.ts';
import { provideExtensions } from '../database/extensions.ts';
import { listIndexes } from '../database/indexes.ts';
import { applySqlFiles } from '../database/migrate.ts';
import { databaseName, type Server, type Site } from '../database/server.ts';
import { readSqlFile } from '../database/sql-file.ts';
import { count, counted } from '../format/quantity.ts';
import type { Dataset } from '../model/result.ts';
import type { Suite } from '../suite/suite.ts';
import { distributeTables } from './distribute.ts';
import { loadDataset } from './load-dataset.ts';
import type { Phases } from './phases.ts';
import type { DatasetRequest } from './run-request.ts';
import { settle } from './settle.ts';

/** The seeded database that every arm is a copy of. */
export const templateName = (server: Server): string => databaseName(server, 'template');

/** Makes the seeded, aged and settled database that the arms are copied from. */
export async function prepareTemplate(
  server: Server,
  request: DatasetRequest,
  phases: Phases,
  signal: AbortSignal,
): Promise<Dataset> {
  const distributed = await migrateTemplate(server, request, phases, signal);
  return { ...(await fillTemplate(server, request, phases, signal)), ...distributed };
}

/** Makes the database with the schema, and without rows. */
export async function migrateTemplate(
  server: Server,
  { suite }: DatasetRequest,
  phases: Phases,
  signal: AbortSignal,
): Promise<Pick<Dataset, 'distribution'>> {
  const database = templateName(server);
  await phases.during('migrate', () => migrate(server, database, suite, signal), describeMigration);
  return distributeTables(server, database, suite, phases, signal);
}

/** Loads, ages and settles its rows. */
export const fillTemplate = (
  server: Server,
  request: DatasetRequest,
  phases: Phases,
  signal: AbortSignal,
): Promise<Dataset> =>
  withConnection(server.owner(templateName(server)), signal, async (connection) => {
    await disableAutovacuum(connection);
    const dataset = await phases.during(
      'seed',
      () => loadDataset({ server, signal }, connection, request),
      describeLoad,
    );
    await finishSchema(connection, request.suite, phases);
    await phases.during('age', () => age({ server, signal }, connection, request.suite), describeAgeing);
    return dataset;
  });

/** Creates a database with what of the schema comes before the rows. */
export async function migrate(
  server: Server,
  database: string,
  { migrations, locale }: Pick<Suite, 'migrations' | 'locale'>,
  signal: AbortSignal,
): Promise<{ files: number; tables: number }> {
  await createDatabase({ server, signal }, database, locale);
  const files = await Promise.all(migrations.map(readSqlFile));
  await provideExtensions({ server, signal }, database, files);
  return withConnection(server.owner(database), signal, async (connection) => {
    await applySqlFiles(connection, files);
    return { files: files.length, tables: (await tableSizes(connection)).length };
  });
}

/** Applies what of the schema comes after the rows. Where they are missing there is nothing to build. */
export const applyAfterRows = async (
  connection: Connection,
  { afterRows }: Pick<Suite, 'afterRows'>,
): Promise<number> => {
  await applySqlFiles(connection, await Promise.all(afterRows.map(readSqlFile)));
  return (await listIndexes(connection)).length;
};

/** The same, shown as a phase where a suite has any of it. */
export const finishSchema = async (connection: Connection, suite: Suite, phases: Phases): Promise<void> => {
  if (suite.afterRows.length === 0) return;
  await phases.during(
    'schema',
    () => applyAfterRows(connection, suite),
    (indexes) => `${counted(indexes, 'index', 'indexes')} and constraints, made after the rows`,
  );
};

/** Makes gaps in the heap, as in a table in use. Without them hardly any update is HOT, whatever the indexes. */
async function age(site: Site, connection: Connection, { dataset }: Suite): Promise<AgedRows> {
  const { age: file, tables } = dataset;
  const rows = file
    ? await ageByFile(connection, await readSqlFile(file))
    : await ageByShares(connection, tables);
  await settle(site, connection);
  return rows;
}

/** `1,000 rows updated, vacuumed, analysed` */
const describeAgeing = (aged: AgedRows): string =>
  [...Array.from(aged, ([done, rows]) => `${counted(rows, 'row')} ${done}`), 'vacuumed', 'analysed'].join(
    ', ',
  );

const describeMigration = ({ files, tables }: { files: number; tables: number }): string =>
  `${counted(files, 'migration')}, ${counted(tables, 'table')}`;

/** @param seconds that the load took, in all its sessions together */
export function describeLoad({ tables }: Dataset, seconds: number): string {
  const sum = (figure: 'rows' | 'bytes'): number => tables.reduce((total, table) => total + table[figure], 0);
  const perSecond = Math.round(sum('rows') / seconds);
  return `${counted(sum('rows'), 'row')}   ${count(Math.round(sum('bytes') / 1e6))} MB   ${count(perSecond)} rows/s`;
}
