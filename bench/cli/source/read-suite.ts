import type { Connection } from '../../database/connection.ts';
import type { SqlFile } from '../../database/sql-file.ts';
import { askRows } from '../../database/ask-rows.ts';
import { plainText, shortened } from '../../format/plain-text.ts';
import { RunError } from '../../model/errors.ts';
import type { SourceFacts } from '../../model/source.ts';
import type { FilledTable } from '../../source/copy-tables.ts';
import type { FolderContent } from '../../source/folder-content.ts';
import { sourceFacts, writeReadme, writeSuite } from '../../source/suite-folder.ts';
import type { LeftOut } from '../../model/source.ts';
import { weighed } from '../../source/statements/weighed.ts';
import { checkReplay } from '../../source/statements/replay-check.ts';
import type { Statements } from '../../source/statements/source-statement.ts';
import { loadSuite } from '../../suite/load-suite.ts';
import type { Suite } from '../../suite/suite.ts';
import { flagsLikeTry } from './measuring-server.ts';
import type { MeasuringServer } from './rebuild.ts';

/** What was read of a source, and where it will be measured. */
export interface SourceRead {
  content: FolderContent;
  /** As its author wrote it: the folder has a copy. */
  migration: SqlFile;
  tables: readonly FilledTable[];
  /** Of the rows: 1 for copies. */
  scale: number;
  leftOut: readonly LeftOut[];
  readAt: Date;
  where: MeasuringServer;
}

/** Writes the suite down, and loads it. */
export async function writtenSuite(folder: string, read: SourceRead): Promise<Suite> {
  const { content, tables, leftOut, readAt } = read;
  const facts: SourceFacts = sourceFacts(content, tables, leftOut, readAt);
  await writeSuite(folder, content, tables, facts);
  const suite = await loadSuite(folder);
  await writeReadme(folder, content, facts, flagsLikeTry(read, suite.mix));
  return suite;
}

/**
 * The same with those statements only that find rows, in a database that has them.
 *
 * @throws RunError where there is none, with the reasons
 */
export async function suiteOnRows(
  folder: string,
  read: SourceRead,
  template: Connection,
  ask = askRows,
): Promise<Suite> {
  const { inspection } = read.content;
  const hasFakes = read.content.snapshot?.redacted !== undefined;
  const sound = weighed(
    await checkReplay(template, inspection.statements, { ask, hasFakes }),
    inspection.weightsAreCalls,
  );
  if (sound.statements.replayable.length === 0) throw noneFindsRows(sound.statements);
  const content = { ...read.content, inspection: { ...inspection, ...sound } };
  return writtenSuite(folder, { ...read, content });
}

const MOST_REASONS = 5;

const noneFindsRows = ({ leftOut }: Statements): RunError =>
  new RunError('No statement can be measured on the rows that were copied', {
    detail: leftOut
      .slice(0, MOST_REASONS)
      .map(({ sql, reason }) => `  ${reason}: ${shortened(plainText(sql), 60)}`)
      .join('\n'),
    remedy: 'Give statements that find rows: --queries',
  });
