import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareNights } from './compare.ts';
import { night, readTaking, writeLogging } from './night.fixture.ts';

describe('two results side by side', () => {
  const ms = fc.double({ min: 0.01, max: 100, noNaN: true });

  test('swapping them inverts every change', () => {
    fc.assert(
      fc.property(ms, ms, (one, other) => {
        const [a, b] = [night(1, [readTaking(one)]), night(2, [readTaking(other)])];
        const [there, back] = [compareNights(a, b), compareNights(b, a)].map(
          ({ items }) => items[0]?.times?.change,
        );
        expect(there?.point).toBeCloseTo(1 / (back?.point ?? 0), 10);
        expect(there?.low).toBeCloseTo(1 / (back?.high ?? 0), 10);
      }),
    );
  });

  test('the interval of the change is wider than either interval, and narrower than both together', () => {
    const a = night(1, [readTaking(0.1)]);
    const change = compareNights(a, { ...a, run: 'b' }).items[0]?.times?.change;
    expect(change?.point).toBe(1);
    expect(change?.high).toBeGreaterThan(1.02);
    expect(change?.high).toBeLessThan(1.04);
  });

  test('different exact figures are listed, and items that only one result has', () => {
    const a = night(1, [readTaking(0.1), writeLogging(1_000)]);
    const b = night(2, [writeLogging(1_500), readTaking(0.1, 1, 'new')]);
    const comparison = compareNights(a, b);
    expect(comparison.items.flatMap(({ changed }) => changed)).toEqual([
      { metric: 'WAL records after', a: 1_000, b: 1_500 },
    ]);
    expect(comparison).toMatchObject({
      onlyInA: ['Recent activity, hot-key on shipped'],
      onlyInB: ['Recent activity, new on shipped'],
      differences: [],
    });
  });

  test('planner settings that only one of them was asked for are named', () => {
    const [a, b] = [night(1, [], { setting: 'work_mem=8MB' }), night(2, [])];
    expect(compareNights(a, b).differences).toEqual(['setting was work_mem=8MB, and is none now']);
    expect(compareNights(b, a).differences).toEqual(['setting was none, and is work_mem=8MB now']);
  });

  test('different conditions are named', () => {
    const [a, b] = [night(1, []), night(2, [], { hardware: 'another' })];
    expect(compareNights(a, b).differences).toEqual([
      'hardware was Example CPU, 2 cores, 8 GB, and is another now',
    ]);
  });
});
