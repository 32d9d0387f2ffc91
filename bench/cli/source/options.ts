import { FlagReader } from '../../flags/flag-reader.ts';
import type { CommandLine } from '../../flags/commands.ts';
import type { TableChoice } from '../../source/chosen-tables.ts';
import type { RedactionChoice } from '../../source/redact/redaction.ts';
import { pg } from '../../servers/flags.ts';
import type { Io } from '../io.ts';
import { newDirectoryProblem } from '../out-directory.ts';
import { runChoices, type RunChoices } from '../run-options.ts';
import { chosenMigration, type ChosenMigration } from './chosen-migration.ts';
import * as flags from './flags.ts';
import { chosenOrigin, type Origin } from './origin.ts';
import { tryCommand } from './try-command.ts';

/** What is asked of somebody's database. */
export interface SourceOptions {
  origin: Origin;
  migration: ChosenMigration;
  choice: TableChoice;
  queries: string | undefined;
  /** Undefined where texts are copied as they are. */
  redact: RedactionChoice | undefined;
  goesAhead: boolean;
  /** Where the suite is kept; undefined where it is not. */
  folder: string | undefined;
}

/** The suite is what is asked for. */
export type InitOptions = SourceOptions & { folder: string };

export interface TryOptions {
  source: SourceOptions;
  run: RunChoices;
  /** By `--pg`; undefined for the source's. */
  majorGiven: number | undefined;
}

/** @throws UsageError with every problem at once */
export async function tryOptions(line: CommandLine, env: Io['env']): Promise<TryOptions> {
  const read = new FlagReader(line, env);
  const folder = read.value(flags.save);
  const source = await sourceOptions(read, line.arguments, folder);
  const run = await runChoices(read);
  const majorGiven = read.isGiven(pg) ? read.value(pg) : undefined;
  const asked = read.finish({ source, run: { ...run, goesAhead: true }, majorGiven });
  return folder === undefined
    ? { ...asked, run: { ...asked.run, command: tryCommand(line, source.origin) } }
    : asked;
}

/** @throws UsageError with every problem at once */
export async function initOptions(line: CommandLine): Promise<InitOptions> {
  const read = new FlagReader(line);
  const folder = read.value(flags.suiteOut);
  const source = await sourceOptions(read, line.arguments, folder);
  return read.finish({ ...source, folder });
}

async function sourceOptions(
  read: FlagReader,
  paths: readonly string[],
  folder: string | undefined,
): Promise<SourceOptions> {
  const origin = await chosenOrigin(read);
  const migration = await chosenMigration(read, paths);
  const folderProblem = folder === undefined ? undefined : await newDirectoryProblem(folder);
  if (folderProblem !== undefined)
    read.problem(read.takes(flags.save) ? flags.save : flags.suiteOut, folderProblem);
  return {
    origin,
    migration,
    choice: {
      tables: read.value(flags.tables),
      exclude: read.value(flags.exclude) ?? [],
      mostBytes: read.value(flags.mostCopied),
    },
    queries: read.value(flags.queries),
    redact: redactionChoice(read),
    goesAhead: read.isGiven(flags.agreed),
    folder,
  };
}

function redactionChoice(read: FlagReader): RedactionChoice | undefined {
  const keptTexts = read.value(flags.keepText) ?? [];
  if (read.isGiven(flags.redact)) return { keptTexts };
  if (keptTexts.length > 0) read.problem(flags.keepText, 'goes with --redact: without it all texts are kept');
  return undefined;
}
