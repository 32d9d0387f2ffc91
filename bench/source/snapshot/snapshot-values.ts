import type { Snapshot, SnapshotTable } from '../../model/snapshot.ts';
import type { LeftOut } from '../../model/source.ts';
import type { Source } from '../open-source.ts';
import type { TextColumns } from '../redact/column-texts.ts';
import type { LiteralFakes } from '../redact/redaction.ts';
import type { SourceTable } from '../source-tables.ts';
import { typedName } from '../typed-name.ts';
import { keptInClear } from './kept-in-clear.ts';
import { readTables } from './snapshot-tables.ts';
import { nameOf } from './texts/column-groups.ts';
import { redactStatistics } from './texts/redact-statistics.ts';
import { statementFakes } from './texts/statement-fakes.ts';
import { findTextColumns } from './texts/text-columns.ts';

/** What is known of a source before its statistics are read. */
export interface ValuesWanted extends Pick<Snapshot, 'locale' | 'searchPath'> {
  chosen: readonly SourceTable[];
  schema: Pick<Snapshot['schema'], 'beforeRows' | 'afterRows'>;
  redact: RedactedColumns | undefined;
}

interface RedactedColumns {
  /** As they were typed: the table, a point, and the column. */
  keptTexts: readonly string[];
  /** Those whose texts are replaced. */
  columns: TextColumns;
}

/** What the statistics say, with fakes in place of texts where these are replaced. */
export interface SnapshotValues {
  tables: SnapshotTable[];
  unknown: LeftOut[];
  /** What stays in clear, and what statements have in place of literals; undefined where all is kept. */
  replaced: { kept: LeftOut[]; fakes: LiteralFakes } | undefined;
}

export async function readValues(
  source: Source,
  { chosen, schema, searchPath, locale, redact }: ValuesWanted,
): Promise<SnapshotValues> {
  const { connection } = source;
  const { tables, unknown } = await readTables(source, chosen);
  if (!redact) return { tables, unknown, replaced: undefined };
  const sql = schema.beforeRows + schema.afterRows;
  const columns = await findTextColumns(connection);
  const names = new Set(tables.flatMap((table) => table.columns.map(({ name }) => nameOf(table.name, name))));
  const keptColumns = redact.keptTexts.map((typed) => typedName(typed, names, searchPath.schemas));
  const replaced = columns.filter(
    ({ table, column }) => names.has(nameOf(table, column)) && !keptColumns.includes(nameOf(table, column)),
  );
  const found = await redactStatistics(connection, { tables, columns: replaced, schema: sql, ...locale });
  const textNames = new Set(columns.map(({ table, column }) => nameOf(table, column)));
  return {
    tables: found.tables,
    unknown: [...unknown, ...found.unknown],
    replaced: {
      kept: [...keptInClear(tables, textNames, keptColumns), ...found.kept],
      fakes: await statementFakes(connection, redact.columns, { schema: sql, byColumn: found.fakes }),
    },
  };
}
