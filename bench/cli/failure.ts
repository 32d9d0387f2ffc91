import { ExitCode, Interrupted, NotComparable, RunError, UsageError } from '../model/errors.ts';
import { plainLines } from '../model/plain-text.ts';

/** What a failure says to the user, and how the process ends. A stack trace is for none of them. */
export function explainFailure(error: unknown): { text: string; exitCode: ExitCode } {
  if (error instanceof UsageError) {
    return {
      text: error.problems.map((problem) => `index-impact: ${problem}\n`).join(''),
      exitCode: ExitCode.usage,
    };
  }
  if (error instanceof NotComparable) {
    const differences = error.differences.flatMap(plainLines).map((line) => `  ${line}\n`);
    return {
      text: `index-impact: not comparable with what was measured before:\n${differences.join('')}`,
      exitCode: ExitCode.notComparable,
    };
  }
  if (error instanceof Interrupted) {
    return { text: `index-impact: ${error.message}\n`, exitCode: ExitCode.interrupted };
  }
  return { text: `index-impact: ${describe(error)}\n`, exitCode: ExitCode.incomplete };
}

/** Message, then place, then remedy, each on lines of their own. */
function describe(error: unknown): string {
  if (!(error instanceof RunError)) return error instanceof Error ? error.message : String(error);
  const parts = [error.message, error.detail, error.remedy].filter((part) => part !== undefined);
  return parts.flatMap(plainLines).join('\n');
}
