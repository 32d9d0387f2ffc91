import type { Connection } from '../../database/connection.ts';
import type { SqlFile } from '../../database/sql-file.ts';
import { askRows } from '../../database/ask-rows.ts';
import type { SourceFacts } from '../../model/source.ts';
import type { TableCopy } from '../../source/copy-tables.ts';
import type { FolderContent } from '../../source/folder-content.ts';
import { sourceFacts, writeReadme, writeSuite } from '../../source/suite-folder.ts';
import type { LeftOut } from '../../model/source.ts';
import { weighed } from '../../source/statements/weighed.ts';
import { checkReplay } from '../../source/statements/replay-check.ts';
import { loadSuite } from '../../suite/load-suite.ts';
import type { Suite } from '../../suite/suite.ts';
import { flagsLikeTry } from './measuring-server.ts';
import type { MeasuringServer } from './rebuild.ts';

/** What was read of a source, and where it will be measured. */
export interface SourceRead {
  content: FolderContent;
  /** As its author wrote it: the folder has a copy. */
  migration: SqlFile;
  copies: readonly TableCopy[];
  leftOut: readonly LeftOut[];
  readAt: Date;
  where: MeasuringServer;
}

/** Writes the suite down, and loads it. */
export async function writtenSuite(folder: string, read: SourceRead): Promise<Suite> {
  const { content, copies, leftOut, readAt } = read;
  const facts: SourceFacts = sourceFacts(content.inspection, copies, leftOut, readAt);
  await writeSuite(folder, content, copies, facts);
  const suite = await loadSuite(folder);
  await writeReadme(folder, content, facts, flagsLikeTry(read, suite.mix));
  return suite;
}

/** The same with those statements only that find rows, in a database that has them. */
export async function suiteOnRows(
  folder: string,
  read: SourceRead,
  template: Connection,
  ask = askRows,
): Promise<Suite> {
  const { inspection } = read.content;
  const sound = weighed(
    await checkReplay(template, inspection.statements, { ask }),
    inspection.weightsAreCalls,
  );
  const content = { ...read.content, inspection: { ...inspection, ...sound } };
  return writtenSuite(folder, { ...read, content });
}
