import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normal } from '../../seed/distributions.ts';
import { randomFor } from '../../seed/random.ts';
import { shareScatter } from './shared-scatter.ts';
import { intervalOf, trimmedMean, type Mean } from './trimmed-mean.ts';

const ROUNDS = 10;
const RUNS = 200;

/** How often a 95 % interval contains the truth, 0, and half its width in the middle, over runs of means that scatter so. */
function coverage(
  deviations: readonly number[],
  judge: (means: readonly Mean[]) => readonly (Mean | undefined)[],
) {
  const random = randomFor(1, 'shared scatter');
  const draw = (deviation: number): Mean =>
    trimmedMean(Array.from({ length: ROUNDS }, () => normal(random, 0, deviation)));
  const intervals = Array.from({ length: RUNS }, () => judge(deviations.map(draw))).flatMap((means) =>
    means.flatMap((own) => (own ? [intervalOf(own, 0.95)] : [])),
  );
  const widths = intervals.map(({ low, high }) => (high - low) / 2).sort((a, b) => a - b);
  const hits = intervals.filter(({ low, high }) => low <= 0 && high >= 0).length;
  return { share: hits / intervals.length, halfWidth: widths[widths.length >> 1] ?? NaN };
}

describe('means whose rounds scatter alike', () => {
  const alike = Array.from({ length: 20 }, () => 0.05);

  test('get narrower intervals, which contain the truth as often as they say', () => {
    const alone = coverage(alike, (means) => means);
    const shared = coverage(alike, shareScatter);
    expect(shared.share).toBeGreaterThan(0.94);
    expect(shared.share).toBeLessThan(0.96);
    expect(shared.halfWidth).toBeLessThan(0.85 * alone.halfWidth);
  });
});

describe('means whose rounds scatter differently', () => {
  const unlike = Array.from({ length: 20 }, (_, position) => 0.01 * 1.25 ** position);

  test('keep intervals that contain the truth as often as they say', () => {
    const { share } = coverage(unlike, shareScatter);
    expect(share).toBeGreaterThan(0.94);
    expect(share).toBeLessThan(0.965);
  });
});

const someMeans = fc.array(
  fc.option(
    fc.record({
      point: fc.double({ min: -3, max: 3, noNaN: true }),
      error: fc.double({ min: 0, max: 10, noNaN: true }),
      df: fc.integer({ min: 3, max: 60 }),
    }),
    { nil: undefined },
  ),
  { maxLength: 40 },
);

test('points, order and what could not be measured stay, and nothing is known better than by all together', () => {
  fc.assert(
    fc.property(someMeans, (means) => {
      const shared = shareScatter(means);
      expect(shared.map((own) => own?.point)).toEqual(means.map((own) => own?.point));
      const all = means.reduce((sum, own) => sum + (own?.df ?? 0), 0);
      for (const [position, own] of shared.entries()) {
        if (!own) continue;
        expect(own.error).toBeGreaterThanOrEqual(0);
        expect(own.error).toBeLessThan(Infinity);
        expect(own.df).toBeGreaterThanOrEqual(means[position]?.df ?? NaN);
        expect(own.df).toBeLessThanOrEqual(all);
      }
    }),
  );
});

test('a few means alone, and one without scatter, stay as they are', () => {
  const few = [1, 2, 3, 4].map((error) => ({ point: 0, error, df: 5 }));
  expect(shareScatter(few)).toEqual(few);
  const still = { point: 1, error: 0, df: 5 };
  const more = [...few, { point: 0, error: 5, df: 5 }];
  expect(shareScatter([still, ...more])[0]).toEqual(still);
  expect(shareScatter([...more, still])[0]).not.toEqual(more[0]);
});
