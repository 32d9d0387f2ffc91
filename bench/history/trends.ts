import type { Finding, Gate } from '../model/gate.ts';
import type { HistoryEntry, Night, NightItem } from '../model/night.ts';
import type { Trend } from '../model/trend.ts';
import { comparableNights, seriesBefore } from './gate.ts';
import { machineDifferences } from './machines.ts';
import type { Band } from './timing.ts';

/** More would hide the important ones. */
const MOST = 12;

/** The trends of items up to this night: first the items with findings. Empty where no night on its machine is comparable. */
export function trendsOf(history: readonly HistoryEntry[], night: Night, { findings }: Gate): Trend[] {
  const before = comparableNights(history, night).filter(
    (one) => machineDifferences(one, night).length === 0,
  );
  if (before.length === 0) return [];
  const nights = [...before, night];
  const series = seriesBefore(history, night);
  return itemsToShow(night, findings).map((item) => {
    const { metric } = item.timed;
    const points = nights.flatMap(({ startedAt, isNoisy, items }) => {
      const timed = items.find(({ id }) => id === item.id)?.timed;
      return timed ? [{ startedAt, isNoisy, estimate: timed.ratio }] : [];
    });
    const band = series.band(item.id, night);
    return {
      id: item.id,
      title: item.title,
      baseline: item.baseline ?? 'shipped',
      metric,
      points,
      band: band && bandOfMetric(band, metric),
    };
  });
}

type TimedItem = NightItem & { timed: NonNullable<NightItem['timed']> };

const isTimed = (item: NightItem): item is TimedItem => item.timed !== undefined;

function itemsToShow({ items }: Night, findings: readonly Finding[]): TimedItem[] {
  const found = new Set(findings.map(({ item }) => item));
  const timed = items.filter(isTimed);
  const [first, others] = [timed.filter(({ id }) => found.has(id)), timed.filter(({ id }) => !found.has(id))];
  return [...first, ...others].slice(0, MOST);
}

/** From logarithms of before / after; larger is better. */
function bandOfMetric({ low, high, nights }: Band, metric: Trend['metric']): Trend['band'] {
  return metric === 'speedup'
    ? { low: Math.exp(low), high: Math.exp(high), nights }
    : { low: Math.exp(-high) - 1, high: Math.exp(-low) - 1, nights };
}
