import { ExitCode } from '../../model/errors.ts';
import { createProgress } from '../../progress/progress.ts';
import { qualify as measure, type QualifyRequest } from '../../qualify/qualify.ts';
import { isQualified, renderQualification } from '../../report/qualification.ts';
import { appearance, type Io } from '../io.ts';

/** `index-impact qualify`: does the harness tell the truth on this machine, where the truth is known? */
export async function qualify(request: QualifyRequest, io: Io): Promise<ExitCode> {
  const progress = createProgress(io.stderr, appearance(io.stderr, io.env));
  try {
    progress.started('index-impact   qualification');
    const qualification = await measure(request, progress, io.signal);
    progress.stopped();
    io.stdout.write(renderQualification(qualification, appearance(io.stdout, io.env)));
    return isQualified(qualification) ? ExitCode.done : ExitCode.gateFailed;
  } finally {
    progress.stopped();
  }
}
