import { bytes, count, counted, longDuration, percentText } from '../../format/quantity.ts';
import { inSentence } from '../../format/plain-text.ts';
import type { Baseline } from '../../model/arm.ts';
import type { Crossover } from '../../model/crossover.ts';
import type { Estimate } from '../../model/estimate.ts';
import { most } from '../../model/extent.ts';
import type { Growth, IndexGrowth, Sweep } from '../../model/sweep.ts';
import { sizesText } from './crossover-section.ts';
import { intervalText, isMissed } from './index-section.ts';

/** What the sweep found out, most important first. */
export const sentences = (sweep: Sweep): string[] => [
  ...noisySentence(sweep),
  ...sweep.baselines.flatMap((baseline) => [
    ...payingSentence(sweep, baseline),
    ...beginnings(sweep, baseline),
    ...predictedSentence(sweep, baseline),
    ...checkedSentence(sweep, baseline),
  ]),
];

function noisySentence({ points }: Sweep): string[] {
  const noisy = points.filter(({ run }) =>
    [...(run?.reads ?? []), ...(run?.writes ?? [])].some((row) => row.state === 'measured' && row.isNoisy),
  );
  if (noisy.length === 0) return [];
  const scales = noisy.map(({ scale }) => scale).join(', ');
  return [
    `Noisy at scale ${scales}: two copies without the candidate are not shown to be alike there. Repeat it on a quieter machine before you rely on its times.`,
  ];
}

function payingSentence({ crossovers }: Sweep, baseline: Baseline): string[] {
  const times = crossovers.filter((one) => one.of === 'time' && one.baseline === baseline);
  if (times.length === 0) return [];
  const so = (state: Crossover['state'], what: string): string[] => {
    const number = times.filter((one) => one.state === state).length;
    return number > 0 ? [`${count(number)} ${what}`] : [];
  };
  const parts = [
    ...so('below', 'faster at every size'),
    ...so('found', 'faster from some size on'),
    ...so('beyond', 'not shown to be faster at the largest'),
  ];
  return [`Of ${counted(times.length, 'read')} on ${baseline}: ${parts.join(', ')}.`];
}

/** Only what begins between two sizes: the rest is in the table. */
const beginnings = ({ crossovers }: Sweep, baseline: Baseline): string[] =>
  crossovers
    .filter((one) => one.state === 'found' && one.baseline === baseline)
    .map((crossover) => {
      const { title, index, table } = crossover;
      const begins = index === undefined ? 'is faster' : `uses ${index}`;
      return `${inSentence(title)} ${begins} ${sizesText(crossover)} (rows of ${table}, ${baseline}).`;
    });

function predictedSentence({ growths, predict }: Sweep, baseline: Baseline): string[] {
  const ours = growths.filter((growth) => growth.baseline === baseline);
  if (!predict || ours.length === 0) return [];
  const sum = (of: (growth: IndexGrowth) => Growth): Estimate | undefined => sumOf(ours.map(of));
  const [build, size, wal] = [sum(({ build }) => build), sum(({ bytes }) => bytes), sum(({ wal }) => wal)];
  const figures = [
    ...(build ? [`${intervalText(build, longDuration)} to build`] : []),
    ...(size ? [`${intervalText(size, bytes)} on disk`] : []),
    ...(wal ? [`${intervalText(wal, bytes)} of WAL`] : []),
  ];
  if (figures.length === 0) return [];
  const together = ours.length === 1 ? 'is predicted to take' : 'are predicted to take together';
  return [
    `Where ${predict.table} has ${count(predict.rows)} rows, ${counted(ours.length, 'index', 'indexes')} on ${baseline} ${together} ${figures.join(', ')}.`,
  ];
}

/** Errors of one size go together: the ends of the intervals are added, which is wide. Undefined where one is missing. */
function sumOf(growths: readonly Growth[]): Estimate | undefined {
  const predicted = growths.flatMap((growth) =>
    growth.state === 'fitted' && growth.predicted ? [growth.predicted] : [],
  );
  const [first] = predicted;
  if (!first || predicted.length < growths.length) return undefined;
  const sum = (end: 'point' | 'low' | 'high'): number =>
    predicted.reduce((total, one) => total + one[end], 0);
  return { ...first, point: sum('point'), low: sum('low'), high: sum('high') };
}

function checkedSentence({ growths }: Sweep, baseline: Baseline): string[] {
  const checks = growths.flatMap((growth) =>
    growth.baseline === baseline && growth.build.state === 'fitted' && growth.build.check
      ? [growth.build.check]
      : [],
  );
  if (checks.length === 0) return [];
  const off = most(checks.map(({ predicted, measured }) => Math.abs(predicted / measured - 1)));
  const judged = checks.filter(({ interval }) => interval);
  const within = judged.filter((check) => !isMissed(check)).length;
  const held = judged.length > 0 ? `; ${within} of ${judged.length} within the interval` : '';
  return [
    `Check on ${baseline}: builds at the largest scale, predicted from the smaller ones, are off by at most ${percentText(off)}${held}.`,
  ];
}
