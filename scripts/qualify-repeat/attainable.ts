import { speedupOf } from '../../bench/analyse/estimates.ts';
import { holm } from '../../bench/analyse/holm.ts';
import { bothTails, quantile } from '../../bench/analyse/student.ts';
import { MATERIAL_READ, MATERIAL_WRITE, verdictOn } from '../../bench/analyse/verdict.ts';
import { mean, variance } from '../../bench/model/averages.ts';
import type { Verdict } from '../../bench/model/estimate.ts';
import { normal } from '../../seed/distributions.ts';
import { randomFor } from '../../seed/random.ts';
import type { Kind, Row } from './rows.ts';

/** Equal verdicts, from 0 to 1, of runs that take so many times as long. */
export interface Attainable {
  timesAsLong: number;
  equalVerdicts: number;
}

const TIMES_AS_LONG = [1, 2, 4, 8, 16, 32, 64];
const SIMULATED_RUNS = 200;

/** A row as the runs show it: its log ratio in their middle, and how that differs from run to run. */
interface Scattered {
  kind: Kind;
  center: number;
  deviation: number;
}

/**
 * How far two runs can agree on verdicts at most: simulated runs whose rows scatter as those of the given runs did, and
 * know by how much. A row near a limit has the one verdict in some runs and the other in others, whatever is computed
 * from them; only a longer run, or a quieter machine, moves it less.
 *
 * @returns nothing for fewer than three runs, which tell no scatter
 */
export function attainableVerdicts(runs: readonly (readonly Row[])[]): Attainable[] {
  if (runs.length < 3) return [];
  const rows = scatterOf(runs);
  return TIMES_AS_LONG.map((timesAsLong) => ({ timesAsLong, equalVerdicts: equalAmong(rows, timesAsLong) }));
}

function scatterOf(runs: readonly (readonly Row[])[]): Scattered[] {
  const judged = runs.flat().filter(({ verdict }) => verdict !== undefined);
  return [...new Set(judged.map(({ key }) => key))].flatMap((key) => {
    const same = judged.filter((row) => row.key === key);
    const ratios = same.map(logRatioOf);
    const kind = same[0]?.kind ?? 'reads';
    if (ratios.length < 2) return [];
    return [{ kind, center: mean(ratios), deviation: Math.sqrt(variance(ratios)) }];
  });
}

/** ln(before / after). */
const logRatioOf = ({ kind, estimate }: Row): number =>
  Math.log(kind === 'reads' ? estimate.point : speedupOf(estimate).point);

function equalAmong(rows: readonly Scattered[], timesAsLong: number): number {
  const random = randomFor(timesAsLong, 'attainable verdicts');
  const runs = Array.from({ length: SIMULATED_RUNS }, () =>
    verdictsOf(
      rows.map((row) => {
        const deviation = row.deviation / Math.sqrt(timesAsLong);
        return { ...row, deviation, center: normal(random, row.center, deviation) };
      }),
    ),
  );
  return mean(rows.map((_, row) => chanceOfEqual(runs.map((verdicts) => verdicts[row]))));
}

/** Enough for a normal distribution. */
const KNOWN = 1e6;

function verdictsOf(rows: readonly Scattered[]): Verdict[] {
  const adjusted = holm(rows.map(({ center, deviation }) => bothTails(center / deviation, KNOWN)));
  return rows.map(({ kind, center, deviation }, row) => {
    const reach = quantile(0.95, KNOWN) * deviation;
    const [low, point, high] = [center - reach, center, center + reach].map(Math.exp) as Interval;
    const estimate = { low, point, high, confidence: 0.95, n: SIMULATED_RUNS, method: 'simulated' };
    return verdictOn(estimate, adjusted[row] ?? 1, kind === 'reads' ? MATERIAL_READ : MATERIAL_WRITE, []);
  });
}

type Interval = [number, number, number];

/** That two different ones of them are equal. */
function chanceOfEqual(verdicts: readonly (Verdict | undefined)[]): number {
  const { length } = verdicts;
  const counts = [...new Set(verdicts)].map((one) => verdicts.filter((verdict) => verdict === one).length);
  return counts.reduce((sum, count) => sum + count * (count - 1), 0) / (length * (length - 1));
}
