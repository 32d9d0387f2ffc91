import type { Comparison, ComparedItem, ComparedRun } from '../model/comparison.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Night, NightItem, NightTimes } from '../model/night.ts';
import { exactChanges } from './exact.ts';
import { differencesBetween } from './gate.ts';
import { machineDifferences } from './machines.ts';

/** Compares two results: every item that both measured, and the items that only one has. */
export function compareNights(a: Night, b: Night): Comparison {
  const other = new Map(b.items.map((item) => [item.id, item]));
  const known = new Set(a.items.map(({ id }) => id));
  return {
    a: comparedRun(a),
    b: comparedRun(b),
    differences: [...differencesBetween(a.key, b.key), ...machineDifferences(a, b)],
    items: a.items.flatMap((item) => comparedItem(item, other.get(item.id))),
    onlyInA: a.items.filter(({ id }) => !other.has(id)).map(nameOf),
    onlyInB: b.items.filter(({ id }) => !known.has(id)).map(nameOf),
  };
}

const comparedRun = ({ run, startedAt, isNoisy }: Night): ComparedRun => ({ run, startedAt, isNoisy });

const nameOf = ({ title, baseline }: NightItem): string =>
  baseline === undefined ? title : `${title} on ${baseline}`;

function comparedItem(a: NightItem, b: NightItem | undefined): ComparedItem[] {
  if (!b) return [];
  const changed = exactChanges(a, b).map(({ metric, usual, tonight }) => ({ metric, a: usual, b: tonight }));
  const times = a.timed && b.timed && { a: a.timed, b: b.timed, change: changeOf(a.timed, b.timed) };
  return [{ title: a.title, baseline: a.baseline, changed, ...(times && { times }) }];
}

/** Speedup and overhead as ln(before / after), with the ends of its interval. */
function logGain({ metric, ratio }: NightTimes): { point: number; low: number; high: number } {
  const { point, low, high } = ratio;
  return metric === 'speedup'
    ? { point: Math.log(point), low: Math.log(low), high: Math.log(high) }
    : { point: -Math.log1p(point), low: -Math.log1p(high), high: -Math.log1p(low) };
}

/**
 * The ratio of two independent ratios, b's to a's. Its interval comes from both intervals: the distances of the ends
 * from the points are added as squares (MOVER: Zou and Donner 2008, Statistics in Medicine 27, 1693-1702).
 */
function changeOf(a: NightTimes, b: NightTimes): Estimate {
  const [one, other] = [logGain(a), logGain(b)];
  const point = other.point - one.point;
  const low = point - Math.hypot(other.point - other.low, one.high - one.point);
  const high = point + Math.hypot(other.high - other.point, one.point - one.low);
  return {
    point: Math.exp(point),
    low: Math.exp(low),
    high: Math.exp(high),
    confidence: Math.min(a.ratio.confidence, b.ratio.confidence),
    n: Math.min(a.ratio.n, b.ratio.n),
    method: 'ratio of two medians of paired log ratios, interval by MOVER',
  };
}
