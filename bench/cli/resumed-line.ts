import { resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { fileProblem } from '../system/untrusted-json.ts';
import type { Unfinished } from '../run/unfinished-shape.ts';
import { readUnfinished } from '../run/unfinished.ts';
import { parseCommandLine, type CommandLine } from './command-line.ts';
import type { FLAGS, FlagName } from './flags.ts';

/** The flags of `run`. */
type RunFlag = {
  [Name in FlagName]: 'run' extends (typeof FLAGS)[Name]['commands'][number] ? Name : never;
}[FlagName];

/**
 * What becomes of a flag when a run goes on. What decides its numbers is `kept` with the run; what decides none is
 * `free`. An address is kept without its password, and may be given again.
 */
const WHEN_RESUMED: Readonly<Record<RunFlag, 'kept' | 'free' | 'kept and free'>> = {
  suite: 'kept',
  candidate: 'kept',
  baseline: 'kept',
  scale: 'kept',
  workload: 'kept',
  only: 'kept',
  seed: 'kept',
  budget: 'kept',
  mix: 'kept',
  target: 'kept',
  pg: 'kept',
  image: 'kept',
  url: 'kept and free',
  out: 'free',
  resume: 'free',
  'max-size': 'free',
  'max-sessions': 'free',
  yes: 'free',
  'statement-timeout': 'free',
  'fail-on': 'free',
  keep: 'free',
  quiet: 'free',
  verbose: 'free',
  json: 'free',
};

const namesOf = (fate: 'kept' | 'free'): ReadonlySet<string> =>
  new Set(Object.entries(WHEN_RESUMED).flatMap(([name, is]) => (is.includes(fate) ? [name] : [])));
const KEPT = namesOf('kept');
const FREE = namesOf('free');

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
