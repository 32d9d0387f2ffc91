import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../../bench/model/errors.ts';

export const COMMAND = 'qualify:repeat';

export type Request = {
  /** Of the results. */
  directory: string;
  /** Another process uses the memory beside the runs, or did so. */
  isDisturbed: boolean;
} & ({ state: 'measure'; runs: number; flags: readonly string[] } | { state: 'analyse' });

const OWN = {
  runs: { type: 'string' },
  disturb: { type: 'boolean' },
  out: { type: 'string' },
  analyse: { type: 'string' },
} as const;

const MOST_RUNS = 1000;

/**
 * What is asked for. Flags of other names belong to `run`, which checks them.
 *
 * @param now names the directory where none is named
 * @throws UsageError with every problem
 */
export function requestOf(argv: readonly string[], now: Date): Request {
  const { values, flags, problems } = splitFlags(argv);
  const runs = Number(values.runs ?? 10);
  const isCount = Number.isInteger(runs) && runs >= 2 && runs <= MOST_RUNS;
  const measuring = [
    ...(values.runs === undefined ? [] : ['--runs']),
    ...(values.out === undefined ? [] : ['--out']),
    ...flags,
  ];
  const all = [
    ...problems,
    ...(isCount ? [] : [`--runs: "${values.runs}" is not a whole number from 2 to ${MOST_RUNS}`]),
    ...(values.analyse === undefined || measuring.length === 0
      ? []
      : [`--analyse: it measures nothing; leave out ${measuring.join(' ')}`]),
  ];
  if (all.length > 0) throw new UsageError(all.map((problem) => `${COMMAND} ${problem}`));
  const isDisturbed = values.disturb !== undefined;
  if (values.analyse !== undefined) return { state: 'analyse', directory: values.analyse, isDisturbed };
  return { state: 'measure', directory: values.out ?? directoryFor(now), isDisturbed, runs, flags };
}

interface SplitFlags {
  values: Partial<Record<keyof typeof OWN, string>>;
  flags: string[];
  problems: string[];
}

/** Takes this command's own flags out of the others. A flag that takes no value has an empty one. */
function splitFlags(argv: readonly string[]): SplitFlags {
  const { tokens } = parseArgs({ args: [...argv], options: OWN, strict: false, tokens: true });
  const split: SplitFlags = { values: {}, flags: [], problems: [] };
  const taken = new Set<number>();
  for (const token of tokens) {
    if (token.kind !== 'option' || !isOwn(token.name)) continue;
    const { name, value, index, inlineValue } = token;
    taken.add(index);
    if (value !== undefined && !inlineValue) taken.add(index + 1);
    const takesValue = OWN[name].type === 'string';
    if (takesValue && !value) split.problems.push(`--${name}: it takes a value`);
    if (!takesValue && value !== undefined) split.problems.push(`--${name}: it takes no value`);
    split.values[name] = value ?? '';
  }
  split.flags = argv.filter((_, index) => !taken.has(index));
  return split;
}

const isOwn = (name: string): name is keyof typeof OWN => Object.hasOwn(OWN, name);

const directoryFor = (now: Date): string =>
  join('reports', `repeat-${now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}`);
