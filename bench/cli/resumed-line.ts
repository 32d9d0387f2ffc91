import { resolve } from 'node:path';
import type { CommandLine } from '../flags/commands.ts';
import { nameOf } from '../flags/flag.ts';
import { UsageError } from '../model/errors.ts';
import { fileProblem } from '../system/untrusted-json.ts';
import type { Unfinished } from '../run/unfinished-shape.ts';
import { readUnfinished } from '../run/unfinished.ts';
import { parseCommandLine } from './command-line.ts';
import { FLAGS } from './flags.ts';

const ofRun = FLAGS.filter(({ commands }) => commands.includes('run'));

/** What decides a run's numbers is kept with it. An address is kept without its password, and may be given again. */
const KEPT = new Set(ofRun.filter(({ replay }) => replay).map(nameOf));
const FREE = new Set(ofRun.filter(({ resumable }) => resumable).map(nameOf));

/**
 * The command line of the run to go on with, and what was typed beside --resume.
 *
 * @throws UsageError when there is no such run
 */
export async function resumedLine(
  line: CommandLine,
): Promise<{ unfinished: Unfinished; merged: CommandLine }> {
  const { resume, ...typed } = line.values;
  const { unfinished, out } = await readUnfinished(String(resume), '--resume');
  const values = { ...keptValues(unfinished, String(resume)), ...typed, out };
  const problems = [...line.problems, ...decidedProblems(typed), ...elsewhereProblems(typed.out, out)];
  return { unfinished, merged: { ...line, values, problems } };
}

const decidedProblems = (typed: CommandLine['values']): string[] =>
  Object.keys(typed)
    .filter((flag) => !FREE.has(flag))
    .map((flag) => `--${flag}: is decided by the run that --resume goes on with; leave it out`);

const elsewhereProblems = (typed: string | true | undefined, out: string): string[] =>
  typeof typed !== 'string' || resolve(typed) === resolve(out)
    ? []
    : [`--out: the run that --resume goes on with stays in ${out}; leave it out`];

/** @throws UsageError when the flags are none that a run keeps */
function keptValues({ flags }: Unfinished, path: string): CommandLine['values'] {
  const line = lineOf(flags, path);
  const names = 'values' in line ? Object.keys(line.values) : [];
  if (!('values' in line) || line.problems.length > 0 || names.some((name) => !KEPT.has(name)))
    throw fileProblem(path, `flags: ${JSON.stringify(flags)} are not those that a run keeps`);
  return line.values;
}

function lineOf(flags: readonly string[], path: string): ReturnType<typeof parseCommandLine> {
  try {
    return parseCommandLine(['run', ...flags]);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw fileProblem(path, `flags: ${error.problems.join(', ')}`);
  }
}
