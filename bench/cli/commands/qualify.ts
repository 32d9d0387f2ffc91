import { join } from 'node:path';
import { FlagReader } from '../../flags/flag-reader.ts';
import { ExitCode } from '../../model/errors.ts';
import { qualify as measure, type QualifyRequest } from '../../qualify/qualify.ts';
import { isQualified, renderQualification } from '../../report/qualification.ts';
import { seed } from '../../run/flags.ts';
import { appearance, type Execute, type Io } from '../io.ts';
import { outDirectory } from '../out-directory.ts';
import { print } from '../print.ts';
import { withProgress } from '../with-progress.ts';

export const execute: Execute = async (line, io) => {
  const read = new FlagReader(line);
  const out = join(await outDirectory(read), 'qualification');
  return qualify(read.finish({ seed: read.value(seed), out }), io);
};

/** `index-impact qualify`: does the harness tell the truth on this machine, where the truth is known? */
async function qualify(request: QualifyRequest, io: Io): Promise<ExitCode> {
  const qualification = await withProgress(io, (progress) => {
    progress.started('index-impact   qualification');
    return measure(request, progress, io.signal);
  });
  await print(io, renderQualification(qualification, appearance(io.stdout, io.env)));
  return isQualified(qualification) ? ExitCode.done : ExitCode.gateFailed;
}
