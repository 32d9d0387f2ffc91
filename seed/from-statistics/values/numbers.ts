import type { Cell } from '../../../bench/model/dataset.ts';
import type { ValueKind } from './value-kind.ts';

/** How values correspond to whole numbers, in steps. */
export interface Numbering {
  read: (text: string) => number;
  write: (value: number) => Cell;
  /** Steps in a unit of a range's length. */
  unit: number;
  /** Whether a longer range has more of them, as keys have. */
  isStretched: boolean;
}

/** Types of which every value is a number: numbers, times, addresses, labels. */
export function numbered({ read, write, unit, isStretched }: Numbering): ValueKind {
  const stretched = (bounds: readonly string[], factor: number): string[] => {
    const [first = 0, ...others] = bounds.map(read);
    return [first, ...others.map((bound) => first + Math.round((bound - first) * factor))].map((bound) =>
      String(write(bound)),
    );
  };
  return {
    compare: (a, b) => read(a) - read(b),
    room: (low, high) => Math.max(0, read(high) - read(low)),
    between: (low, high, parts) => {
      const [from, to] = [read(low), read(high)];
      return (part) => write(from + Math.floor(((to - from) * part) / parts));
    },
    after: (high, nth) => write(read(high) + 1 + nth),
    any: (nth) => write(1 + nth),
    plus: (value, length) => String(write(read(value) + Math.max(1, Math.round(length * unit)))),
    ...(isStretched && { stretched }),
  };
}

/** The most digits of a fraction for which sums of steps stay exact. */
const MOST_PLACES = 9;

const placesOf = (text: string): number => /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;

/** Integers, and decimals with as many places as the values that are known. */
export function decimals(samples: readonly string[]): Numbering {
  const places = Math.min(MOST_PLACES, Math.max(0, ...samples.map(placesOf)));
  const steps = 10 ** places;
  return {
    read: (text) => Math.round(Number(text) * steps),
    write: places === 0 ? (value) => value : (value) => (value / steps).toFixed(places),
    unit: steps,
    isStretched: places === 0,
  };
}

/** Of a floating-point number, with so many places that all known values differ. */
export function floats(samples: readonly string[]): Numbering {
  const numbers = samples.map(Number).filter(Number.isFinite);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const places = Math.max(0, ...samples.map(placesOf));
  const exact = decimals(samples);
  if (places <= MOST_PLACES && samples.every((text) => /^-?[\d.]+$/.test(text))) return exact;
  const step = (most - least) / 2 ** 50 || 1;
  return {
    read: (text) => Math.round((Number(text) - least) / step),
    write: (value) => least + value * step,
    unit: 1 / step,
    isStretched: false,
  };
}

const ENDS_OF_MONEY = /[^\d.-]/g;

export const money: Numbering = {
  read: (text) => Math.round(Number(text.replace(ENDS_OF_MONEY, '')) * 100),
  write: (value) => (value / 100).toFixed(2),
  unit: 100,
  isStretched: false,
};

/** Of an enum, or of true and false. */
export const labels = (names: readonly string[]): Numbering => ({
  read: (text) => Math.max(0, names.indexOf(text)),
  write: (value) => names[Math.abs(value) % names.length] ?? null,
  unit: 1,
  isStretched: false,
});
