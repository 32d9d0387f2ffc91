import type { Connection } from '../../database/connection.ts';
import type { AskRows } from '../../database/ask-rows.ts';
import { plainText } from '../../format/plain-text.ts';
import { ExitCode } from '../../model/errors.ts';
import { explainFailure } from '../failure.ts';
import { withoutProgress, type Execute, type Io } from '../io.ts';
import { print } from '../print.ts';
import { carriedSettings, serverFor } from '../source/measuring-server.ts';
import type { CommentRequest } from '../source/comment-request.ts';
import { tryOptions, type NothingToTry, type TryOptions } from '../source/options.ts';
import { suiteOnRows, writtenSuite, type SourceRead } from '../source/read-suite.ts';
import { withSuiteDirectory, writeDirectory } from '../source/suite-directory.ts';
import { measureSwept } from '../source/measure-swept.ts';
import { readSource } from '../source/read-source.ts';
import { nothingAddedText } from '../../source/migrations/since-text.ts';
import { constraintError } from '../../source/redact/constraint-error.ts';
import { approximately, withApproximate } from '../../suite/approximate-reads.ts';
import type { Suite } from '../../suite/suite.ts';
import { writeShortComment } from '../write-comment.ts';
import { run } from './run.ts';

export const execute: Execute = async (line, io) => {
  const options = await tryOptions(line, io.env);
  if (options.state === 'nothing added') return sayNothingAdded(options, io);
  return tryMigration(options, io).catch(async (error: unknown) => {
    await commentOnFailure(options.run.comment, error, io);
    throw error;
  });
};

/** A branch without a migration is no failure. */
async function sayNothingAdded({ since, comment, json }: NothingToTry, io: Io): Promise<ExitCode> {
  const sentence = nothingAddedText(since);
  if (comment) await writeShortComment(comment, `${sentence}.`);
  const line = `${plainText(sentence)}\n`;
  if (json) io.stderr.write(line);
  else await print(io, line);
  return ExitCode.done;
}

/** Whoever waits for a comment learns that there is no result, and why in a line. */
async function commentOnFailure(
  comment: CommentRequest | undefined,
  error: unknown,
  { signal }: Pick<Io, 'signal'>,
): Promise<void> {
  if (!comment || signal.aborted) return;
  const [first = ''] = explainFailure(error).text.split('\n');
  await writeShortComment(comment, `The run has failed: ${first.replace(/^index-impact: /, '')}`);
}

/** `index-impact try`: reads a database, rebuilds it on another server, and measures a migration there. */
async function tryMigration(options: TryOptions, io: Io): Promise<ExitCode> {
  const { folder, goesAhead } = options.source;
  const isAsked = !goesAhead && io.ask !== undefined;
  const reading = options.run.quiet && !isAsked ? withoutProgress(io) : io;
  const read = (directory: string): Promise<SourceRead> =>
    readSource(directory, options.source, (source) => serverFor(options, source), reading);
  if (folder !== undefined) {
    const written = await writeDirectory(folder, read);
    if (options.sweep) return measureSwept(folder, written, options.sweep, reading);
    return measure(folder, written, options, io);
  }
  return withSuiteDirectory(async (directory) => measure(directory, await read(directory), options, io));
}

async function measure(
  folder: string,
  read: SourceRead,
  { run: choices }: TryOptions,
  io: Io,
): Promise<ExitCode> {
  const { approximate } = choices;
  const mixed = (suite: Suite) => ({ suite, mix: choices.mix ?? suite.mix });
  const suite = approximately(await writtenSuite(folder, read), approximate);
  const dataset = { ...mixed(suite), suitePath: folder, scale: read.scale, only: [] };
  const settings = { ...carriedSettings(read), ...choices.settings };
  const candidateFile = read.migration;
  const onRows = {
    suiteOnRows: async (template: Connection, ask: AskRows) =>
      mixed(withApproximate(await suiteOnRows(folder, read, template, ask), approximate)),
  };
  const request = { ...choices, ...dataset, ...onRows, candidateFile, settings, server: read.where.server };
  return run(request, io).catch((error: unknown) => {
    throw constraintError(error, read.content.inspection.redaction);
  });
}
