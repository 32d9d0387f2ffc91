import type { ScaleOptions } from '@observablehq/plot';
import { least, most } from '../../model/extent.ts';

/** Values beyond these are drawn at the edge: no measurement reaches them, and their digits would fill the page. */
const [SMALLEST, LARGEST] = [1e-6, 1e9];

const clamped = (value: number): number => Math.min(LARGEST, Math.max(SMALLEST, value));

/** A logarithmic axis over all positive values in range, and over the values that it always has to show. */
export function logAxis(values: readonly number[], always: readonly number[] = []): ScaleOptions {
  const shown = [...values.filter(isOnLogAxis).map(clamped), ...always];
  const [from, to] = [least(shown), most(shown)];
  return { type: 'log', domain: [from / 1.05, to * 1.05], clamp: true, ticks: logTicks(from, to) };
}

export const isOnLogAxis = (value: number): boolean => Number.isFinite(value) && value > 0;

/**
 * Powers of ten, with 2 and 5 times them where there is room; round figures where all values have one order of
 * magnitude.
 */
function logTicks(from: number, to: number): number[] {
  const [first, last] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  const ticks = (step: number, digits: readonly number[]): number[] =>
    Array.from({ length: last - first + 1 }, (_, at) => first + at)
      .filter((power) => power % step === 0)
      .flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)))
      .filter((tick) => tick >= from / 1.05 && tick <= to * 1.05);
  const choices = [
    ticks(1, [1, 1.2, 1.5, 2, 3, 5, 7]),
    ticks(1, [1, 1.5, 2, 3, 5]),
    ticks(1, [1, 2, 5]),
    ticks(1, [1, 3]),
    ticks(1, [1]),
    ticks(2, [1]),
  ];
  const chosen = choices.find(({ length }) => length <= 7) ?? ticks(4, [1]);
  return chosen.length > 1 ? chosen : evenTicks(from / 1.05, to * 1.05);
}

/** About five round figures between these two. */
function evenTicks(from: number, to: number): number[] {
  const power = 10 ** Math.floor(Math.log10((to - from) / 4));
  const step = power * ([1, 2, 5, 10].find((digit) => (to - from) / (digit * power) <= 5) ?? 10);
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, at) => (first + at) * step);
}

/** The figure at a tick, without its unit: "0.05", "1,000", "1M". */
export const tickText = (value: number): string =>
  Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3)
    ? value.toExponential(0).replace('e+', 'e')
    : value.toLocaleString('en-US', { maximumSignificantDigits: 6 });

const EVEN = 0.1;
const LESS = [0.02, 0.05, 0.1, 0.2, 0.5, 0.9, 10, 1000];
const MORE = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100, 1000, 1e5, 1e7];

/** An axis of overheads as fractions: nearly even up to ten percent either way, compressed beyond. */
export function overheadAxis(values: readonly number[]): ScaleOptions {
  const shown = values.filter(Number.isFinite).map((value) => Math.min(LARGEST, Math.max(-1e3, value)));
  const [from, to] = [Math.min(-0.02, least(shown)), Math.max(0.05, most(shown))];
  const position = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value) / EVEN);
  const apart = (position(to) - position(from)) / 7;
  const outward = (stops: readonly number[]): number[] =>
    stops
      .filter((stop) => stop >= from && stop <= to)
      .reduce<number[]>(
        (kept, stop) =>
          Math.abs(position(stop) - position(kept.at(-1) ?? 0)) < apart ? kept : [...kept, stop],
        [],
      );
  const ticks = [...outward(LESS.map((stop) => -stop)).toReversed(), 0, ...outward(MORE)];
  return { type: 'symlog', constant: EVEN, domain: [from, to], clamp: true, ticks };
}

/** A linear axis over all values and zero, with room after the last value. */
export function evenAxis(values: readonly number[]): ScaleOptions {
  const shown = values.filter(Number.isFinite).map((value) => Math.min(LARGEST, Math.max(-LARGEST, value)));
  const [from, to] = [Math.min(0, least(shown)), Math.max(0.1, most(shown))];
  return {
    type: 'linear',
    domain: [from, to + (to - from) * 0.03],
    clamp: true,
    ticks: evenTicks(from, to),
  };
}
