import type { Estimate } from '../../bench/model/estimate.ts';
import type { Night, NightItem, NightTimes } from '../../bench/model/night.ts';
import type { Random } from '../../bench/model/work-item.ts';

/** A change of a night before it is judged. */
export interface Injection {
  /** By item: the factor on its time after. */
  slowdown?: ReadonlyMap<string, number>;
  /** Changes an item; undefined: the item is gone. */
  change?: (item: NightItem) => NightItem | undefined;
  key?: Partial<Night['key']>;
  isNoisy?: boolean;
}

/** In a noisy night: standard deviation, in ln, of the added noise. */
const NOISE = 0.3;

const DAY_MS = 86_400_000;
const FIRST_NIGHT = Date.UTC(2026, 0, 1, 3);

/**
 * A simulated night: one real night as a whole, which keeps what its items have in common, with each time moved by
 * its own uncertainty (a smoothed bootstrap: Silverman and Young 1987, Biometrika 74, 469-479). A second call with
 * the same `basis` is a second measurement of the same night.
 */
export function simulatedNight(
  basis: Night,
  ordinal: number,
  { slowdown, change = (item) => item, key, isNoisy = false }: Injection,
  random: Random,
): Night {
  const startedAt = new Date(FIRST_NIGHT + ordinal * DAY_MS).toISOString();
  return {
    ...basis,
    run: `night-${ordinal}`,
    startedAt,
    isNoisy,
    key: { ...basis.key, ...key },
    items: basis.items.flatMap((item) => {
      const changed = change(item);
      if (!changed) return [];
      const factor = slowdown?.get(item.id) ?? 1;
      const timed = item.timed && shaken(item.timed, factor, isNoisy ? NOISE : 0, random);
      return [{ ...changed, ...(timed && { timed }) }];
    }),
  };
}

function shaken(
  { metric, ratio, afterMs }: NightTimes,
  factor: number,
  noise: number,
  random: Random,
): NightTimes {
  const after = scaled(
    afterMs,
    factor * Math.exp(gaussian(random) * Math.hypot(uncertainty(afterMs, 0), noise)),
  );
  const shift = metric === 'overhead' ? 1 : 0;
  const moved = Math.exp(gaussian(random) * Math.hypot(uncertainty(ratio, shift), noise));
  const changed = metric === 'overhead' ? moved * factor : moved / factor;
  return { metric, afterMs: after, ratio: scaled(ratio, changed, shift) };
}

/** Standard deviation of the logarithm: half a 95 % interval is 1.96 of it. */
const uncertainty = ({ low, high }: Estimate, shift: number): number =>
  (Math.log(high + shift) - Math.log(low + shift)) / (2 * 1.96);

const scaled = (estimate: Estimate, factor: number, shift = 0): Estimate => ({
  ...estimate,
  point: (estimate.point + shift) * factor - shift,
  low: (estimate.low + shift) * factor - shift,
  high: (estimate.high + shift) * factor - shift,
});

/** Box and Muller 1958, Annals of Mathematical Statistics 29, 610-611. */
const gaussian = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
