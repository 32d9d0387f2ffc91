import { ExitCode } from '../../model/errors.ts';
import { qualify as measure, type QualifyRequest } from '../../qualify/qualify.ts';
import { isQualified, renderQualification } from '../../report/qualification.ts';
import { appearance, type Io } from '../io.ts';
import { withProgress } from '../with-progress.ts';

/** `index-impact qualify`: does the harness tell the truth on this machine, where the truth is known? */
export async function qualify(request: QualifyRequest, io: Io): Promise<ExitCode> {
  const qualification = await withProgress(io, (progress) => {
    progress.started('index-impact   qualification');
    return measure(request, progress, io.signal);
  });
  io.stdout.write(renderQualification(qualification, appearance(io.stdout, io.env)));
  return isQualified(qualification) ? ExitCode.done : ExitCode.gateFailed;
}
