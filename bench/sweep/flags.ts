import type { Flag, ValueFlag } from '../flags/flag.ts';
import { NotAccepted, oneOf, whole } from '../flags/values.ts';
import { scale } from '../run/flags.ts';
import type { SweepRequest } from './sweep-request.ts';

/** The flags of what a sweep measures, beside those of the run at each scale. */

export const scales = {
  usage: '--scales <number,...>',
  help: 'sizes of the dataset, from the smallest to the largest; 1 is the documented one',
  default: '0.1,1,10',
  defaultOf: { try: { words: 'one size' } },
  commands: ['sweep', 'try'],
  parse: (typed) => {
    const values = typed.split(',').map(scale.parse);
    if (values.length < 2) throw NotAccepted.value(typed, 'two scales or more, such as 0.1,1,10');
    if (values.some((value, place) => value <= (values[place - 1] ?? 0)))
      throw NotAccepted.value(typed, 'each scale once, from the smallest to the largest');
    return values;
  },
  replay: (request) => request.scales.join(','),
} satisfies ValueFlag<number[], SweepRequest>;

/** About 2^32 pages of at most 291 rows (PostgreSQL manual, appendix K). */
const MOST_ROWS = 1e12;

export const predict = {
  usage: '--predict <rows>',
  help: 'rows of the largest table, such as 200e6: what builds of indexes take when it has grown to that',
  commands: ['sweep', 'try'],
  parse: whole(
    'a whole number of rows up to 1e12, such as 200e6',
    (value) => value > 0 && value <= MOST_ROWS,
  ),
  replay: (request) => request.predict?.rows,
} satisfies ValueFlag<number, SweepRequest>;

export const steps = {
  usage: '--steps <count>',
  help: 'scales that may be added to find where an index begins to be used, and to pay',
  default: '12',
  commands: ['sweep', 'try'],
  parse: whole('a whole number from 0 to 100', (value) => value >= 0 && value <= 100),
  replay: (request) => request.steps,
} satisfies ValueFlag<number, SweepRequest>;

export const measure = {
  usage: '--measure <what>',
  help: 'all: reads, writes, plans and builds; builds: plans and builds of indexes, nothing else is timed',
  default: 'all',
  commands: ['sweep', 'try'],
  parse: oneOf(['all', 'builds']),
  replay: ({ isTimed }) => (isTimed ? 'all' : 'builds'),
} satisfies ValueFlag<'all' | 'builds', SweepRequest>;

/** In the order that --help lists them. */
export const SWEEP_FLAGS: readonly Flag<SweepRequest>[] = [scales, predict, steps, measure];
