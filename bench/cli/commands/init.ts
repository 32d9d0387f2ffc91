import { withConnection } from '../../database/connection.ts';
import { ExitCode } from '../../model/errors.ts';
import { Phases } from '../../run/phases.ts';
import { prepareTemplate, templateName } from '../../run/template.ts';
import { NO_HOST } from '../../servers/target.ts';
import { programCommand } from '../../system/program.ts';
import type { Execute, Io } from '../io.ts';
import { sameMajorOr } from '../source/measuring-server.ts';
import { initOptions, type InitOptions } from '../source/options.ts';
import { readSource } from '../source/read-source.ts';
import { suiteOnRows, writtenSuite, type SourceRead } from '../source/read-suite.ts';
import { writeDirectory } from '../source/suite-directory.ts';
import { withProgress } from '../with-progress.ts';

export const execute: Execute = async (line, io) => init(await initOptions(line), io);

/** `index-impact init`: reads a database, and writes what `try` would measure as a suite. */
async function init(options: InitOptions, io: Io): Promise<ExitCode> {
  const { folder } = options;
  await writeDirectory(folder, async (directory) => {
    const where = ({ major }: { major: number }) => ({ ...sameMajorOr(major), budgetSeconds: 0 });
    await keepWhatRuns(directory, await readSource(directory, options, where, io), io);
  });
  io.stdout.write(
    `${folder} has the suite; measure it with:\n  ${programCommand('run', '--suite', folder)}\n`,
  );
  return ExitCode.done;
}

/** Loads the rows once, and keeps those statements that find some. */
async function keepWhatRuns(folder: string, read: SourceRead, io: Io): Promise<void> {
  const suite = await writtenSuite(folder, read);
  const { signal } = io;
  const options = { scale: 1, statementTimeoutSeconds: 600, keep: false, signal, ...NO_HOST };
  await withProgress(io, (progress) =>
    read.where.server.open(options, async (server) => {
      const phases = new Phases(progress, () => undefined);
      await prepareTemplate(server, { suite, scale: 1, seed: 0 }, phases, signal);
      await withConnection(server.owner(templateName(server)), signal, (template) =>
        suiteOnRows(folder, read, template),
      );
    }),
  );
}
