import { resolve } from 'node:path';
import type { CommandLine, CommandName } from '../flags/commands.ts';
import { nameOf } from '../flags/flag.ts';
import { UsageError } from '../model/errors.ts';
import { fileProblem } from '../system/untrusted-json.ts';
import type { Unfinished } from '../run/unfinished-shape.ts';
import { readUnfinished } from '../run/unfinished.ts';
import { parseCommandLine } from './command-line.ts';
import { FLAGS } from './flags.ts';

/** What is kept of a command that ended early. */
export interface KeptLine {
  /** That ask for the same again. An address is kept without its password, and may be given again. */
  flags: readonly string[];
  /** The directory that its own is in. */
  out: string;
}

/**
 * The command line of the run to go on with, and what was typed beside --resume.
 *
 * @throws UsageError when there is no such run
 */
export async function resumedLine(
  line: CommandLine,
): Promise<{ unfinished: Unfinished; merged: CommandLine }> {
  const { unfinished, out } = await readUnfinished(String(line.values.resume), '--resume');
  return { unfinished, merged: lineAgain(line, { flags: unfinished.flags, out }) };
}

/**
 * The command line that goes on with what was kept, and what was typed beside --resume.
 *
 * @throws UsageError when the flags are none that this command keeps
 */
export function lineAgain(line: CommandLine, kept: KeptLine): CommandLine {
  const { resume, ...typed } = line.values;
  const values = { ...keptValues(line.command, kept, String(resume)), ...typed, out: kept.out };
  const problems = [
    ...line.problems,
    ...decidedProblems(line.command, typed),
    ...elsewhereProblems(typed.out, kept.out),
  ];
  return { ...line, values, problems };
}

const namesOf = (command: CommandName, having: 'replay' | 'resumable'): string[] =>
  FLAGS.filter((flag) => flag.commands.includes(command) && flag[having]).map(nameOf);

const decidedProblems = (command: CommandName, typed: CommandLine['values']): string[] => {
  const free = namesOf(command, 'resumable');
  return Object.keys(typed)
    .filter((flag) => !free.includes(flag))
    .map((flag) => `--${flag}: is decided by the ${command} that --resume goes on with; leave it out`);
};

const elsewhereProblems = (typed: string | true | undefined, out: string): string[] =>
  typeof typed !== 'string' || resolve(typed) === resolve(out)
    ? []
    : [`--out: the run that --resume goes on with stays in ${out}; leave it out`];

/** @throws UsageError when the flags are none that a run keeps */
function keptValues(command: CommandName, { flags }: KeptLine, path: string): CommandLine['values'] {
  const line = lineOf(command, flags, path);
  const names = 'values' in line ? Object.keys(line.values) : [];
  const known = namesOf(command, 'replay');
  if (!('values' in line) || line.problems.length > 0 || names.some((name) => !known.includes(name)))
    throw fileProblem(path, `flags: ${JSON.stringify(flags)} are not those that a ${command} keeps`);
  return line.values;
}

function lineOf(
  command: CommandName,
  flags: readonly string[],
  path: string,
): ReturnType<typeof parseCommandLine> {
  try {
    return parseCommandLine([command, ...flags]);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw fileProblem(path, `flags: ${error.problems.join(', ')}`);
  }
}
