import { withConnection } from '../../database/connection.ts';
import { plainText } from '../../format/plain-text.ts';
import { lostOnRows } from '../../format/lost-on-rows.ts';
import { ExitCode } from '../../model/errors.ts';
import { Phases } from '../../run/phases.ts';
import { prepareTemplate, templateName } from '../../run/template.ts';
import { nothingAddedText } from '../../source/migrations/since-text.ts';
import type { Suite } from '../../suite/suite.ts';
import { programCommand } from '../../system/program.ts';
import type { Execute, Io } from '../io.ts';
import { flagsLikeTry, sameMajorOr } from '../source/measuring-server.ts';
import { initOptions, type InitOptions } from '../source/options.ts';
import { readSource } from '../source/read-source.ts';
import { suiteOnRows, writtenSuite, type SourceRead } from '../source/read-suite.ts';
import { writeDirectory } from '../source/suite-directory.ts';
import { untimedOptions } from '../source/untimed-options.ts';
import { constraintError } from '../../source/redact/constraint-error.ts';
import { withProgress } from '../with-progress.ts';

export const execute: Execute = async (line, io) => {
  const options = await initOptions(line);
  if (!('state' in options)) return init(options, io);
  io.stdout.write(`${plainText(nothingAddedText(options.since))}\n`);
  return ExitCode.done;
};

/** `index-impact init`: reads a database, and writes what `try` would measure as a suite. */
async function init(options: InitOptions, io: Io): Promise<ExitCode> {
  const { folder } = options;
  const { read, mix } = await writeDirectory(folder, async (directory) => {
    const where = ({ major }: { major: number }) => ({ ...sameMajorOr(major), budgetSeconds: 0 });
    const source = await readSource(directory, options, where, io);
    const suite = await keepWhatRuns(directory, source, io).catch((error: unknown) => {
      throw constraintError(error, source.content.inspection.redaction);
    });
    return { read: source, mix: suite.mix };
  });
  const command = programCommand('run', '--suite', folder, ...flagsLikeTry(read, mix));
  io.stdout.write(`${folder} has the suite; measure it as "try" would with:\n  ${command}\n`);
  return ExitCode.done;
}

/** Loads the rows once, and keeps those statements that find some. */
async function keepWhatRuns(folder: string, read: SourceRead, io: Io): Promise<Suite> {
  const suite = await writtenSuite(folder, read);
  const { signal } = io;
  return withProgress(io, (progress) =>
    read.where.server.open(untimedOptions(suite, signal), async (server) => {
      const phases = new Phases(progress, () => undefined);
      await prepareTemplate(server, { suite, scale: read.scale, seed: 0 }, phases, signal);
      const check = () =>
        withConnection(server.owner(templateName(server)), signal, (template) =>
          suiteOnRows(folder, read, template),
        );
      return phases.during('statements', check, (found) => describeStatements(found, suite));
    }),
  );
}

/** @param promised as it was before the rows were there */
function describeStatements({ source }: Suite, promised: Suite): string {
  if (!source) return '';
  const { replayed, observed } = source.statements;
  const others = replayed < observed ? '; suite.ts says why the others are not measured' : '';
  return `${replayed} of ${observed} are measured${others}${lostOnRows(promised.source, source)}`;
}
