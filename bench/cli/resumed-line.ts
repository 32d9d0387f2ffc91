import { readUnfinished, type Unfinished } from '../run/unfinished.ts';
import { parseCommandLine, type CommandLine } from './command-line.ts';

/** What may be said anew of a run that goes on: nothing that decides its numbers. */
const FREE = ['resume', 'url', 'max-size', 'yes', 'statement-timeout', 'keep', 'json', 'fail-on'];

/**
 * The command line of the run to go on with, and what was typed beside --resume.
 *
 * @throws UsageError when there is no such run
 */
export async function resumedLine(
  line: CommandLine,
): Promise<{ unfinished: Unfinished; merged: CommandLine }> {
  const { resume, ...typed } = line.values;
  const { unfinished, out } = await readUnfinished(String(resume));
  const original = parseCommandLine(['run', ...unfinished.flags]);
  const values = 'values' in original ? original.values : {};
  const strangers = Object.keys(typed).filter((flag) => !FREE.includes(flag));
  const problems = strangers.map(
    (flag) => `--${flag}: is decided by the run that --resume goes on with; leave it out`,
  );
  return {
    unfinished,
    merged: { ...line, values: { ...values, ...typed, out }, problems: [...line.problems, ...problems] },
  };
}
