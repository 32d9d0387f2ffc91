import type { CommandLine } from '../../flags/commands.ts';
import type { FlagReader } from '../../flags/flag-reader.ts';
import { nameOf } from '../../flags/flag.ts';
import { SWEEP_FLAGS, scales } from '../../sweep/flags.ts';
import { FLAGS } from '../flags.ts';
import * as flags from './flags.ts';
import type { Origin } from './origin.ts';

/** What was typed for a sweep. */
export type SweepWords = CommandLine['values'];

/** What `--scales` asks for beside the suite, as it was typed; undefined where one size is measured. */
export function sweepWords(
  read: FlagReader,
  { values }: CommandLine,
  { kind }: Origin,
): SweepWords | undefined {
  if (!read.isGiven(scales)) {
    for (const flag of SWEEP_FLAGS)
      if (read.isGiven(flag)) read.problem(flag, 'goes with --scales: one size is measured without it');
    return undefined;
  }
  read.value(scales);
  if (kind !== 'snapshot')
    read.problem(
      scales,
      'goes with --snapshot: rows that are copied have one size, and rows of statistics any',
    );
  if (!read.isGiven(flags.save))
    read.problem(scales, 'goes with --save: a sweep that ends early goes on with the suite');
  const taken = FLAGS.filter(({ commands }) => commands.includes('sweep') && commands.includes('try')).map(
    nameOf,
  );
  return Object.fromEntries(Object.entries(values).filter(([name]) => taken.includes(name)));
}
