import { ExitCode } from '../../model/errors.ts';
import { qualify as measure, type QualifyRequest } from '../../qualify/qualify.ts';
import { isQualified, renderQualification } from '../../report/qualification.ts';
import type { Execute } from '../execute.ts';
import { appearance, type Io } from '../io.ts';
import { qualifyOptions } from '../options.ts';
import { withProgress } from '../with-progress.ts';

export const execute: Execute = async (line, io) => qualify(await qualifyOptions(line), io);

/** `index-impact qualify`: does the harness tell the truth on this machine, where the truth is known? */
async function qualify(request: QualifyRequest, io: Io): Promise<ExitCode> {
  const qualification = await withProgress(io, (progress) => {
    progress.started('index-impact   qualification');
    return measure(request, progress, io.signal);
  });
  io.stdout.write(renderQualification(qualification, appearance(io.stdout, io.env)));
  return isQualified(qualification) ? ExitCode.done : ExitCode.gateFailed;
}
