import { readFile } from 'node:fs/promises';
import { counted, longDuration, percentText } from '../bench/format/quantity.ts';
import { UsageError } from '../bench/model/errors.ts';
import type { Estimate } from '../bench/model/estimate.ts';
import type { Checked, Growth, IndexGrowth } from '../bench/model/sweep.ts';
import { parseSweep } from '../bench/report/sweep/sweep-file.ts';
import { asProgram } from './as-program.ts';

/**
 * Looks how often the largest scale of a sweep is within the interval that its smaller scales predict, for the builds of all
 * indexes: at least 9 of 10 have to be.
 *
 *     npm run index-impact -- sweep --scales 1,5,10,50 --measure builds --steps 0
 *     npm run check:predictions -- reports/<sweep>/sweep.json
 */
const LEAST_SHARE = 0.9;

const FIGURES: Readonly<Record<string, (growth: IndexGrowth) => Growth>> = {
  builds: ({ build }) => build,
  bytes: ({ bytes }) => bytes,
  WAL: ({ wal }) => wal,
};

type Judged = Checked & { interval: Estimate };

const isWithin = ({ interval, measured }: Judged): boolean =>
  interval.low <= measured && measured <= interval.high;

const off = ({ predicted, measured }: Judged): number => predicted / measured - 1;

const checksOf = (growths: readonly IndexGrowth[], figure = FIGURES.builds): Judged[] =>
  growths.flatMap((growth) => {
    const found = figure?.(growth);
    const check = found?.state === 'fitted' ? found.check : undefined;
    return check?.interval ? [{ ...check, interval: check.interval }] : [];
  });

function print({ index, baseline }: IndexGrowth, check: Judged): void {
  const { predicted, measured, interval } = check;
  const range = `[${longDuration(interval.low)}, ${longDuration(interval.high)}]`;
  const mark = isWithin(check) ? 'ok' : '!!';
  console.log(
    `${mark}  ${index} (${baseline})  ${longDuration(predicted)} ${range}, built in ${longDuration(measured)}`,
  );
}

function summarize(name: string, checks: readonly Judged[]): void {
  const within = checks.filter(isWithin).length;
  const farthest = checks.reduce((most, check) => Math.max(most, Math.abs(off(check))), 0);
  console.log(
    `${name}: ${within} of ${counted(checks.length, 'prediction')} within the interval, off by at most ${percentText(farthest)}`,
  );
}

await asProgram(async () => {
  const [path] = process.argv.slice(2);
  if (path === undefined)
    throw new UsageError(['check:predictions takes the sweep.json of a sweep of four scales or more']);
  const { growths } = parseSweep(await readFile(path, 'utf8'), path);
  for (const growth of growths) for (const check of checksOf([growth], FIGURES.builds)) print(growth, check);
  for (const [name, figure] of Object.entries(FIGURES)) summarize(name, checksOf(growths, figure));
  const builds = checksOf(growths, FIGURES.builds);
  return builds.length > 0 && builds.filter(isWithin).length >= LEAST_SHARE * builds.length ? 0 : 1;
});
