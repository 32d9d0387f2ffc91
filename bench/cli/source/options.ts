import { FlagReader } from '../../flags/flag-reader.ts';
import type { CommandLine } from '../../flags/commands.ts';
import type { TableChoice } from '../../source/chosen-tables.ts';
import type { NothingAdded } from '../../source/migrations/read-migrations.ts';
import type { RedactionChoice } from '../../source/redact/redaction.ts';
import { pg } from '../../servers/flags.ts';
import type { Io } from '../io.ts';
import { newDirectoryProblem } from '../out-directory.ts';
import { runChoices, type RunChoices } from '../run-options.ts';
import { commentRequest, type CommentRequest } from './comment-request.ts';
import { chosenMigration, type ChosenMigration } from './chosen-migration.ts';
import * as flags from './flags.ts';
import { chosenOrigin, type Origin } from './origin.ts';
import { sweepWords, type SweepWords } from './sweep-words.ts';
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

/** A branch that adds no migration: nothing is measured. */
export interface NothingToTry extends NothingAdded {
  comment: CommentRequest | undefined;
  /** Whether only JSON may go to stdout. */
  json: boolean;
}

export interface TryOptions {
  state: 'chosen';
  source: SourceOptions;
  run: RunChoices;
  /** By `--pg`; undefined for the source's. */
  majorGiven: number | undefined;
  /** Undefined where one size is measured. */
  sweep: SweepWords | undefined;
}

/** @throws UsageError with every problem at once */
export async function tryOptions(line: CommandLine, env: Io['env']): Promise<TryOptions | NothingToTry> {
  const read = new FlagReader(line, env);
  const folder = read.value(flags.save);
  const { migration, ...others } = await sourceOptions(read, line.arguments, folder);
  const choices = { ...(await runChoices(read)), comment: await commentRequest(read) };
  const majorGiven = read.isGiven(pg) ? read.value(pg) : undefined;
  const sweep = sweepWords(read, line, others.origin);
  read.finish(true);
  const { comment, json } = choices;
  if (migration.state === 'nothing added') return { ...migration, comment, json };
  const source = { ...others, migration };
  const run = { ...choices, goesAhead: true };
  const command = folder === undefined ? { command: tryCommand(line, source.origin) } : {};
  return { state: 'chosen', source, run: { ...run, ...command }, majorGiven, sweep };
}

/** @throws UsageError with every problem at once */
export async function initOptions(line: CommandLine): Promise<InitOptions | NothingAdded> {
  const read = new FlagReader(line);
  const folder = read.value(flags.suiteOut);
  const { migration, ...others } = await sourceOptions(read, line.arguments, folder);
  read.finish(true);
  return migration.state === 'nothing added' ? migration : { ...others, migration, folder };
}

async function sourceOptions(
  read: FlagReader,
  paths: readonly string[],
  folder: string | undefined,
): Promise<Omit<SourceOptions, 'migration'> & { migration: ChosenMigration | NothingAdded }> {
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
