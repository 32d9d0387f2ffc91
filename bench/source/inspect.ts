import { localeOf } from '../database/locale.ts';
import type { SearchPath } from '../model/source.ts';
import type { SqlFile } from '../database/sql-file.ts';
import { UsageError } from '../model/errors.ts';
import { chooseTables, type TableChoice } from './chosen-tables.ts';
import { sourceDistribution, type SourceDistribution } from './distribution.ts';
import type { Inspection } from './inspection.ts';
import { migrationTables } from './migration-tables.ts';
import { originalVersion, type Source } from './open-source.ts';
import { plannerSettings } from './planner-settings.ts';
import { redactionOf, type RedactionChoice } from './redact/redaction.ts';
import { foreignKeys } from './sample/foreign-keys.ts';
import { planSample } from './sample/sample-plan.ts';
import { readSearchPath } from './search-path.ts';
import { readSchema } from './schema/read-schema.ts';
import { sourceTables, type SourceTable } from './source-tables.ts';
import { findStatements } from './statements/find-statements.ts';
import { statementsOfRoles } from './statements/observed.ts';
import { weighed } from './statements/weighed.ts';

/** What to read of a source, and for which migration. */
export interface SourceRequest {
  migration: SqlFile;
  choice: TableChoice;
  /** A file or a folder of statements; undefined for those of pg_stat_statements. */
  queries: string | undefined;
  /** Undefined where texts are copied as they are. */
  redact: RedactionChoice | undefined;
  /** The major of the server that will be measured. */
  rebuiltOn: number;
  signal: AbortSignal;
}

/**
 * Finds out all that is to be known of a source before its rows are copied.
 *
 * @throws RunError or UsageError where it cannot be measured, naming all that is in the way
 */
export async function inspect(source: Source, request: SourceRequest): Promise<Inspection> {
  const { connection, isStandby, restored, described } = source;
  const searchPath = described?.searchPath ?? (await searchPathOf(source, request));
  const { schemas } = searchPath;
  const { touched, indexedColumns } = await migrationTables(connection, request.migration, schemas);
  const { copied, empty } = chooseTables(await tablesOf(source), touched, request.choice, schemas);
  const unreadable = empty.filter(({ isReadable }) => !isReadable);
  const mostCopied = described ? Infinity : request.choice.mostBytes;
  const sample = planSample(copied, await foreignKeys(connection), mostCopied);
  const distribution = await sourceDistribution(connection);
  if (distribution && sample.share < 1) throw noSample(distribution);
  const schema = await readSchema(source, request.rebuiltOn, request.signal);
  const sql = [schema.beforeRows, schema.afterRows, request.migration.text].join('\n');
  const redaction =
    request.redact &&
    (await redactionOf(connection, { ...request.redact, tables: copied, sql, searchPath: schemas }));
  const wanted = touched.map((name) => ({ name, indexedColumns: indexedColumns.get(name) ?? [] }));
  const found = await findStatements(connection, {
    touched: wanted,
    empty: empty.map(({ name }) => name),
    unreadable: unreadable.map(({ name }) => name),
    queries: request.queries,
    described: described?.statements,
    redaction,
    searchPath: schemas,
  });
  return {
    source: { ...originalVersion(source), isStandby, ...originOf(source) },
    locale: restored?.locale ?? (await localeOf(connection)),
    searchPath,
    touched,
    indexedColumns,
    schema,
    tables: copied,
    sample,
    distribution,
    emptyTables: empty,
    ...weighed(found, request.queries === undefined),
    settings: described ? [...described.settings] : await plannerSettings(connection),
    redaction,
  };
}

async function searchPathOf(source: Source, { queries, signal }: SourceRequest): Promise<SearchPath> {
  const ran = queries === undefined ? await statementsOfRoles(source.connection) : [];
  return readSearchPath(source, ran, signal);
}

/** A row's place, by which a sample is drawn, says nothing of it where it is not said in which shard. */
const noSample = ({ tables }: SourceDistribution): UsageError =>
  new UsageError([
    `--max-size: the tables are larger, and of a cluster (${tables.join(', ')}) no sample is drawn: allow more, or leave tables out with --tables or --exclude`,
  ]);

/** A rebuilt database may be smaller than the snapshot's. */
const tablesOf = async ({ connection, described }: Source): Promise<SourceTable[]> =>
  (await sourceTables(connection)).map((table) => ({ ...table, ...described?.sizes.get(table.name) }));

/** The database, or the file that it was made of. */
function originOf({
  connection,
  restored,
  described,
}: Source): Pick<Inspection['source'], 'database' | 'dumped' | 'snapshot'> {
  const database = connection.database ?? '';
  if (described) return { database, snapshot: { file: described.file } };
  return { database, ...(restored && { dumped: restored.file }) };
}
