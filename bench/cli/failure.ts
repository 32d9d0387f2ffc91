import { ExitCode, Interrupted, NotComparable, RunError, UsageError } from '../model/errors.ts';
import { plainLines } from '../format/plain-text.ts';

/**
 * What a failure says to the user, and how the process ends. A stack trace is for none of them, and what was
 * typed or came from a file or a database is shown as text, whatever a terminal would make of it.
 */
export function explainFailure(error: unknown): { text: string; exitCode: ExitCode } {
  if (error instanceof UsageError) return { text: messages(error.problems), exitCode: ExitCode.usage };
  if (error instanceof NotComparable) {
    const differences = error.differences.map((difference) => `\n  ${difference}`).join('');
    const text = messages([`not comparable with what was measured before:${differences}`]);
    return { text, exitCode: ExitCode.notComparable };
  }
  const exitCode = error instanceof Interrupted ? ExitCode.interrupted : ExitCode.incomplete;
  return { text: messages([describe(error)]), exitCode };
}

/** Each on a line, or lines, of its own, under the name of the program. */
export const messages = (texts: readonly string[]): string =>
  texts.map((text) => `index-impact: ${plainLines(withoutCredentials(text)).join('\n')}\n`).join('');

/** Message, then place, then remedy, each on lines of their own. */
function describe(error: unknown): string {
  if (!(error instanceof RunError)) return error instanceof Error ? error.message : String(error);
  return [error.message, error.detail, error.remedy].filter((part) => part !== undefined).join('\n');
}

/** A message, without the user and the password of a URL that it repeats. */
const withoutCredentials = (message: string): string => message.replace(/(\w:\/\/)\S+@/g, '$1…@');
