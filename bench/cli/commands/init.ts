import { plainText } from '../../format/plain-text.ts';
import { ExitCode } from '../../model/errors.ts';
import { nothingAddedText } from '../../source/migrations/since-text.ts';
import { programCommand } from '../../system/program.ts';
import type { Execute, Io } from '../io.ts';
import { print } from '../print.ts';
import { flagsLikeTry, sameMajorOr } from '../source/measuring-server.ts';
import { initOptions, type InitOptions } from '../source/options.ts';
import { readSource } from '../source/read-source.ts';
import { keepWhatRuns } from '../source/keep-what-runs.ts';
import { writeDirectory } from '../source/suite-directory.ts';

export const execute: Execute = async (line, io) => {
  const options = await initOptions(line);
  if (!('state' in options)) return init(options, io);
  await print(io, `${plainText(nothingAddedText(options.since))}\n`);
  return ExitCode.done;
};

/** `index-impact init`: reads a database, and writes what `try` would measure as a suite. */
async function init(options: InitOptions, io: Io): Promise<ExitCode> {
  const { folder } = options;
  const { read, mix } = await writeDirectory(folder, async (directory) => {
    const where = ({ major }: { major: number }) => ({ ...sameMajorOr(major), budgetSeconds: 0 });
    const source = await readSource(directory, options, where, io);
    const suite = await keepWhatRuns(directory, source, io);
    return { read: source, mix: suite.mix };
  });
  const command = programCommand('run', '--suite', folder, ...flagsLikeTry(read, mix));
  await print(io, `${folder} has the suite; measure it as "try" would with:\n  ${command}\n`);
  return ExitCode.done;
}
