import { placeText } from '../../format/place.ts';
import { hardwareText } from '../../format/machine-text.ts';
import { counted } from '../../format/quantity.ts';
import type { Sweep } from '../../model/sweep.ts';
import { whyIncomplete } from '../heading.ts';
import type { Layout, Section } from '../sections/section.ts';
import { crossoverSection } from './crossover-section.ts';
import { indexSection } from './index-section.ts';
import { overheadSection } from './overhead-section.ts';
import { speedupSection } from './speedup-section.ts';

/** The parts of a sweep's report, the same in every format. */
export const sweepSections = (sweep: Sweep, layout: Layout): Section[] =>
  [crossoverSection, speedupSection, overheadSection, indexSection]
    .map((section) => section(sweep, layout))
    .filter(({ tables }) => tables.length > 0);

export const sweepTitle = ({ candidate, suite }: Sweep): string =>
  `What candidate ${candidate} does to ${suite.title} at other sizes`;

/** What was measured: the parts of one line. */
export const sweepHeading = ({
  suite,
  candidate,
  environment,
  scales,
  baselines,
  seed,
  points,
}: Sweep): string[] => [
  `suite ${suite.name}`,
  `candidate ${candidate}`,
  ...(environment
    ? [`PostgreSQL ${environment.postgresVersion.split(' ')[0]} ${placeText(environment)}`]
    : []),
  baselines.join(' and '),
  `scales ${scales.join(', ')}${points.length > scales.length ? ` and ${counted(points.length - scales.length, 'other')}` : ''}`,
  `seed ${seed}`,
  ...(environment?.machine ? [hardwareText(environment.machine)] : []),
];

export const whySweepIncomplete = ({ outcome }: Sweep): string | undefined => whyIncomplete('sweep', outcome);
