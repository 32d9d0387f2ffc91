import { localeOf } from '../../database/locale.ts';
import { counted } from '../../format/quantity.ts';
import { SNAPSHOT_VERSION, type Snapshot } from '../../model/snapshot.ts';
import { chooseTables, type TableChoice } from '../chosen-tables.ts';
import type { Source } from '../open-source.ts';
import { plannerSettings } from '../planner-settings.ts';
import { textColumns } from '../redact/column-texts.ts';
import { refuseUnknownEncoding, type RedactionChoice } from '../redact/redaction.ts';
import { readSchema } from '../schema/read-schema.ts';
import type { SourceSchema } from '../schema/source-schema.ts';
import { readSearchPath } from '../search-path.ts';
import { sourceTables, type SourceTable } from '../source-tables.ts';
import { statementsOfRoles } from '../statements/observed.ts';
import { typedName } from '../typed-name.ts';
import { attempt } from './attempt.ts';
import { readFanOuts } from './fan-outs.ts';
import { indexUsage } from './index-usage.ts';
import { rowRules } from './row-rules.ts';
import { sequenceValues } from './sequence-values.ts';
import { readStatements } from './snapshot-statements.ts';
import { readValues, type SnapshotValues, type ValuesWanted } from './snapshot-values.ts';

/** What a snapshot is to have. */
export interface SnapshotRequest {
  choice: Pick<TableChoice, 'tables' | 'exclude'>;
  /** Undefined where texts are kept. */
  redact: RedactionChoice | undefined;
  readAt: Date;
  signal: AbortSignal;
}

/** Shows what is done while it is done. */
export interface Steps {
  during: <T>(name: string, work: () => Promise<T>, detail: (value: T) => string) => Promise<T>;
  advanced: (detail: string) => void;
}

/**
 * All that is known of a database without its rows. None of its statements is executed, and nothing is written to it.
 *
 * @throws UsageError naming tables and columns of the request that the source does not have
 */
export async function takeSnapshot(
  source: Source,
  request: SnapshotRequest,
  steps: Steps,
): Promise<Snapshot> {
  const { connection, version } = source;
  const about = await steps.during('source', () => readAbout(source, request), describeAbout(source));
  const values = await steps.during('statistics', () => readValues(source, about), describeValues);
  const { fanOuts, unknown: uncounted } = await steps.during(
    'fan-out',
    () => readFanOuts(connection, about.chosen, advancing(steps, 'foreign key')),
    ({ fanOuts: found }) => counted(found.length, 'foreign key'),
  );
  const wanted = { ...source, searchPath: about.searchPath.schemas, fakes: values.replaced?.fakes };
  const { statements, unknown: unplanned } = await steps.during(
    'statements',
    () => readStatements(connection, wanted, advancing(steps, 'statement')),
    describeStatements,
  );
  const { sequences, unknown: unread } = await sequenceValues(connection);
  const { locale, searchPath, schema } = about;
  return {
    snapshotVersion: SNAPSHOT_VERSION,
    readAt: request.readAt.toISOString(),
    database: connection.database ?? '',
    postgresVersion: version,
    locale,
    searchPath,
    ...(values.replaced && { redacted: { kept: values.replaced.kept } }),
    schema: { ...schema, materializedViews: [...schema.materializedViews], leftOut: [...schema.leftOut] },
    settings: await plannerSettings(connection),
    tables: values.tables,
    ...(await rowRules(connection)),
    fanOuts,
    sequences,
    indexes: await indexUsage(connection),
    statements,
    unknown: [...values.unknown, ...uncounted, ...unread, ...unplanned],
  };
}

const advancing =
  ({ advanced }: Steps, noun: string) =>
  (done: number, total: number): void => {
    advanced(`${done} of ${counted(total, noun)}`);
  };

interface About extends ValuesWanted {
  schema: SourceSchema;
}

async function readAbout(source: Source, { choice, redact, signal }: SnapshotRequest): Promise<About> {
  const { connection, major } = source;
  const ran = await attempt(connection, {}, () => statementsOfRoles(connection));
  const searchPath = await readSearchPath(source, ran.state === 'done' ? ran.value : [], signal);
  const { schemas } = searchPath;
  if (redact) await refuseUnknownEncoding(connection);
  const asked = { keptTexts: redact?.keptTexts ?? [], copied: new Set<string>(), searchPath: schemas };
  const columns = await textColumns(connection, asked);
  const chosen = snapshotTables(await sourceTables(connection), choice, schemas);
  const schema = await readSchema(source, major, signal);
  const locale = await localeOf(connection);
  return { searchPath, chosen, schema, locale, redact: redact && { ...redact, columns } };
}

/** Of tables that the role may not read, schema and size are known. */
function snapshotTables(
  all: readonly SourceTable[],
  choice: SnapshotRequest['choice'],
  searchPath: readonly string[],
): SourceTable[] {
  const { copied } = chooseTables(all, [], { ...choice, mostBytes: Infinity }, searchPath);
  const known = new Set(all.map(({ name }) => name));
  const excluded = choice.exclude.map((typed) => typedName(typed, known, searchPath));
  const isUnread = ({ name, isReadable }: SourceTable): boolean =>
    choice.tables === undefined && !isReadable && !excluded.includes(name);
  return all.filter((table) => copied.includes(table) || isUnread(table));
}

const describeAbout =
  ({ version }: Source) =>
  ({ chosen }: About): string =>
    `PostgreSQL ${version}   ${counted(chosen.length, 'table')}`;

const describeValues = ({ tables }: SnapshotValues): string =>
  `${counted(columnsKnown(tables), 'column')} of ${counted(tables.length, 'table')}`;

const describeStatements = ({ statements }: { statements: Snapshot['statements'] }): string =>
  `${counted(statements.length, 'statement')}, ${statements.filter(({ plan }) => plan).length} with their plan`;

/** Of which statistics are there. */
export const columnsKnown = (tables: Snapshot['tables']): number =>
  tables.flatMap(({ columns }) => columns.filter(({ statistics }) => statistics)).length;
