import type { CommandLine } from '../flags/commands.ts';
import { nameOf } from '../flags/flag.ts';
import { quick, QUICK } from './flags.ts';

/** The command line that `--quick` stands for: what is typed beside it holds. */
export function quickLine(line: CommandLine): CommandLine {
  const { [nameOf(quick)]: isQuick, ...typed } = line.values;
  return isQuick === undefined ? line : { ...line, values: { ...QUICK, ...typed } };
}
