import { expect, test } from 'vitest';
import type { Estimate } from '../model/estimate.ts';
import type { MeasuredRead } from '../model/item-result.ts';
import type { Result } from '../model/result.ts';
import { forecastPrecision } from './precision-forecast.ts';

const ROUNDS = Array.from({ length: 12 }, (_, position) => ({ ordinal: position + 1, seconds: 6 }));

/** A read of 12 rounds around 1, for which the target is 0.05. */
const read = (halfWidth: number) => {
  const estimate: Partial<Estimate> = { point: 1, low: 1 - halfWidth, high: 1 + halfWidth, n: 12 };
  return { state: 'measured', estimate } as MeasuredRead;
};

const forecast = (halfWidths: readonly number[]) =>
  forecastPrecision({ reads: halfWidths.map(read), writes: [], rounds: ROUNDS as Result['rounds'] });

test('nothing more is needed where four of five rows are precise', () => {
  expect(forecast([0.01, 0.02, 0.03, 0.04, 0.5])).toBeUndefined();
});

test('an interval of one and a half times the width takes so many rounds and seconds', () => {
  expect(forecast([0.01, 0.02, 0.03, 0.075, 0.5])).toEqual({ rounds: 27, seconds: 162 });
});

test('more rounds than a run ever has are told without seconds', () => {
  expect(forecast([0.01, 0.02, 0.2, 0.5, 0.5])).toEqual({ rounds: 1200 });
});

test('without rounds nothing is known', () => {
  expect(forecastPrecision({ reads: [read(0.5)], writes: [], rounds: [] })).toBeUndefined();
});
