import { FlagReader } from '../../flags/flag-reader.ts';
import type { CommandLine } from '../../flags/commands.ts';
import type { TableChoice } from '../../source/chosen-tables.ts';
import type { RedactionChoice } from '../../source/redact/redaction.ts';
import { newFileProblem } from '../out-directory.ts';
import * as flags from './flags.ts';

/** A snapshot, or the script that takes one. */
export type SnapshotOptions = FromDatabase | { state: 'script' };

export interface FromDatabase {
  state: 'database';
  /** Never shown. */
  url: string;
  choice: Pick<TableChoice, 'tables' | 'exclude'>;
  /** Undefined where texts are kept. */
  redact: RedactionChoice | undefined;
  /** Undefined for stdout. */
  out: string | undefined;
}

/** How a snapshot begins. */
const SNAPSHOT = /"snapshotVersion"/;

/** @throws UsageError with every problem at once */
export async function snapshotOptions(line: CommandLine): Promise<SnapshotOptions> {
  const read = new FlagReader(line);
  if (read.isGiven(flags.script)) return scriptAlone(read);
  const out = read.value(flags.snapshotOut);
  const problem = out === undefined ? undefined : await newFileProblem(out, SNAPSHOT);
  if (problem !== undefined) read.problem(flags.snapshotOut, problem);
  return read.finish({
    state: 'database',
    url: readUrl(read),
    choice: { tables: read.value(flags.tables), exclude: read.value(flags.exclude) ?? [] },
    redact: redactionOf(read),
    out,
  });
}

function scriptAlone(read: FlagReader): SnapshotOptions {
  const others = [flags.from, flags.tables, flags.exclude, flags.noRedact, flags.keepText, flags.snapshotOut];
  for (const flag of others.filter((one) => read.isGiven(one)))
    read.problem(flag, 'goes without --script, which is printed for any database');
  return read.finish({ state: 'script' });
}

function readUrl(read: FlagReader): string {
  const named = read.value(flags.from);
  if (!read.isGiven(flags.from))
    read.problem(flags.from, 'is missing; it takes the URL of the database to read');
  if (!named) return '';
  if ('url' in named) return named.url;
  read.problem(flags.from, 'a dump has no statistics: it takes the URL of a database');
  return '';
}

function redactionOf(read: FlagReader): RedactionChoice | undefined {
  const keptTexts = read.value(flags.keepText) ?? [];
  if (!read.isGiven(flags.noRedact)) return { keptTexts };
  if (keptTexts.length > 0) read.problem(flags.keepText, 'goes without --no-redact, which keeps all texts');
  return undefined;
}
