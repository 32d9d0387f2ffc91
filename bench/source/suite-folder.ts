import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SqlFile } from '../database/sql-file.ts';
import { quotedRelation } from '../model/relation.ts';
import { isUsual, type CopiedShare, type LeftOut, type SourceFacts } from '../model/source.ts';
import { copyTables, type FilledTable, type TableCopy } from './copy-tables.ts';
import { withoutForeignKeys } from './foreign-keys.ts';
import type { FolderContent } from './folder-content.ts';
import { measuredShare, statementCounts, type Inspection } from './inspection.ts';
import type { Source } from './open-source.ts';
import { readmeText } from './readme-text.ts';
import type { SamplePlan } from './sample/sample-plan.ts';
import { sequenceSql } from './sequences.ts';
import { serializeSnapshot } from './snapshot/read-snapshot.ts';
import type { SourceTable } from './source-tables.ts';
import type { ReplayableStatement } from './statements/source-statement.ts';
import {
  AFTER_ROWS,
  BEFORE_ROWS,
  CANDIDATE,
  CANDIDATE_DOWN,
  DISTRIBUTION,
  README,
  ROWS,
  rowsFile,
  SNAPSHOT,
  SUITE,
} from './suite-files.ts';
import { suiteText } from './suite-text.ts';

/** Somebody's rows and statements: nobody else on this machine is to read them. */
const OWN = { mode: 0o600 };

/**
 * Writes schema and migration.
 *
 * @returns what of the schema was left out on the way
 */
export async function writeSchema(
  folder: string,
  source: Source,
  { schema, emptyTables, sample, distribution }: Inspection,
  migration: SqlFile,
): Promise<LeftOut[]> {
  const { sql: afterRows, leftOut } = await withoutForeignKeys(schema.afterRows, {
    empty: new Set(emptyTables.map(({ name }) => name)),
    named: sample.leftOut.map((key) => ({ ...key, reason: OF_CIRCLE })),
  });
  const refreshing = schema.materializedViews.map(
    (view) => `REFRESH MATERIALIZED VIEW ${quotedRelation(view)};\n`,
  );
  const sequences = await sequenceSql(source.connection);
  await mkdir(join(folder, ROWS), { recursive: true, mode: 0o700 });
  await writeFile(join(folder, BEFORE_ROWS), schema.beforeRows, OWN);
  await writeFile(join(folder, AFTER_ROWS), [afterRows, sequences, ...refreshing].join('\n'), OWN);
  await writeFile(join(folder, CANDIDATE), migration.text, OWN);
  if (distribution) await writeFile(join(folder, DISTRIBUTION), distribution.sql, OWN);
  return [
    ...schema.leftOut,
    ...(distribution?.leftOut ?? []),
    ...leftOut,
    ...emptyTables.flatMap(rowsLeftOut),
  ];
}

/** A sample is not closed under a key that leads back to its own table. */
const OF_CIRCLE = 'it closes a circle of tables, of which a sample is copied';

/** Of a table that nobody asked to leave out. */
function rowsLeftOut({ name, isReadable, asksElsewhere }: SourceTable): LeftOut[] {
  const object = `the rows of ${name}`;
  if (asksElsewhere) return [{ object, reason: 'a part of it is a foreign table' }];
  if (isReadable) return [];
  return [{ object, reason: 'the role may not read them, and nothing that is measured needs them' }];
}

/** Copies the rows. */
export const writeRows = (
  folder: string,
  source: Source,
  { tables, sample, redaction }: Inspection,
  copied: (copy: TableCopy) => void,
  signal: AbortSignal,
): Promise<TableCopy[]> =>
  copyTables(
    source,
    { tables, sample, redaction },
    (table) => join(folder, rowsFile(table.name, tables.indexOf(table))),
    copied,
    signal,
  );

/** Writes the module, and what takes the candidate back. */
export async function writeSuite(
  folder: string,
  content: FolderContent,
  copies: readonly FilledTable[],
  facts: SourceFacts,
): Promise<void> {
  const { statements } = content.inspection;
  const text = suiteText({
    ...content,
    ...content.inspection,
    searchPath: content.inspection.searchPath.schemas,
    copies,
    facts,
    statements: statements.replayable,
  });
  await writeFile(join(folder, SUITE), text, OWN);
  if (content.snapshot) await writeFile(join(folder, SNAPSHOT), serializeSnapshot(content.snapshot), OWN);
  if (content.down) await writeFile(join(folder, CANDIDATE_DOWN), content.down.text, OWN);
}

/**
 * Writes what tells a reader how to go on with the module.
 *
 * @param flags that measure it as `try` does
 */
export const writeReadme = (
  folder: string,
  content: FolderContent,
  facts: SourceFacts,
  flags: readonly string[],
): Promise<void> => writeFile(join(folder, README), readmeText(content, facts, flags), OWN);

/** What is said of the source in the suite and in every report. */
export function sourceFacts(
  { inspection, snapshot }: Pick<FolderContent, 'inspection' | 'snapshot'>,
  copies: readonly FilledTable[],
  leftOut: readonly LeftOut[],
  readAt: Date,
): SourceFacts {
  const { source, schema, searchPath, emptyTables, sample, statements, distribution } = inspection;
  const { observed, replayed } = statementCounts(statements);
  const times = timesIn(statements.replayable);
  return {
    postgresVersion: source.version,
    ...(source.isStandby && { isStandby: true as const }),
    ...(source.dumped && { dumped: source.dumped }),
    ...(source.snapshot && { snapshot: source.snapshot }),
    readAt: readAt.toISOString(),
    schemaBy: schema.way,
    ...(!isUsual(searchPath) && { searchPath }),
    tables: [
      ...copies.map(({ table, rows }) =>
        snapshot ? madeShare(table, rows) : copiedShare(table, rows, sample),
      ),
      ...emptyTables.map(({ name, rows }) => ({ table: name, rows, copiedRows: 0 })),
    ],
    leftOut: [...leftOut],
    ...(distribution && { distributed: [...distribution.tables] }),
    statements: {
      observed,
      replayed,
      ...(statements.sharesOf === 'weight' && { sharesOf: 'weight' as const }),
      share: measuredShare(statements),
      ...(statements.countedHours !== undefined && { countedHours: statements.countedHours }),
      leftOut: statements.leftOut.map(({ sql, reason, share }) => ({ sql, reason, share })),
      ...(times.length > 0 && { times }),
    },
  };
}

/** Once for a statement with several keys. */
const timesIn = (items: readonly ReplayableStatement[]): { sql: string; meanMs: number }[] =>
  [...new Map(items.map(({ sql, meanMs }) => [sql, meanMs]))].flatMap(([sql, meanMs]) =>
    meanMs === undefined ? [] : [{ sql, meanMs }],
  );

const madeShare = ({ name, rows }: SourceTable, copiedRows: number): CopiedShare => ({
  table: name,
  rows,
  copiedRows,
});

/** How many rows a table has the server only estimates, unless all are copied. */
const copiedShare = (
  { name, rows }: SourceTable,
  copiedRows: number,
  { drawings }: SamplePlan,
): CopiedShare => ({
  table: name,
  rows: drawings.get(name)?.state === 'whole' ? copiedRows : Math.max(rows, copiedRows),
  copiedRows,
});
