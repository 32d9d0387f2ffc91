import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFor } from '../../seed/random.ts';
import type { ReadMeasurement, YardstickMeasurement } from '../model/measurement.ts';
import type { Pair } from '../model/pair.ts';
import { plans, read as sampleRead, scan } from '../report/sample-items.fixture.ts';
import { judgeStaying } from './judge-staying.ts';

interface Found {
  /** Of the candidate. */
  speedup: number;
  /** Time on the server of `--after` / time on the other, of the read and of each yardstick. */
  slower: readonly [number, ...number[]];
  scatter?: number;
  seed?: string;
}

function staying({ speedup, slower: [ofRead, ...ofYardsticks], scatter = 0, seed = 'staying' }: Found) {
  const random = randomFor(1, seed);
  const pairs = (after: number): Pair[] =>
    Array.from({ length: 12 }, (_, place) => {
      const block = (ms: number) => {
        const medianMs = ms * Math.exp(scatter * (random() - 0.5));
        return { medianMs, executions: 1, serverMeanMs: medianMs };
      };
      return { round: place + 1, first: 'before', before: block(10), after: block(10 * after) };
    });
  const compared = plans(scan('notes'), scan('notes'));
  const { item, ...read } = sampleRead('notes', 'Notes', 'shipped', [10, 10], compared);
  const planning = Array.from({ length: 12 }, () => ({ before: 1, after: 1 }));
  const planned = { planning, taskPlanning: planning };
  const reads: ReadMeasurement[] = [{ ...read, item, pairs: pairs(ofRead / speedup), ...planned }];
  const yardsticks = ofYardsticks.map((after, place): YardstickMeasurement => {
    const own = {
      item: { ...item, id: `yardstick-${place}` },
      baseline: read.baseline,
      between: 'servers',
    } as const;
    return { ...own, state: 'measured', pairs: pairs(after), disturbances: [] };
  });
  return { judged: judgeStaying({ reads, yardsticks }), reads };
}

const readOf = ({ judged: { reads } }: ReturnType<typeof staying>) => {
  const [read] = reads;
  if (read?.state !== 'measured') throw new Error('the read has no times');
  return read;
};

describe('databases that stay on their servers', () => {
  test('have the candidate and the servers apart, whatever either is', () => {
    const factor = fc.double({ min: 0.5, max: 2, noNaN: true });
    fc.assert(
      fc.property(factor, factor, (speedup, slower) => {
        const found = staying({ speedup, slower: [slower, slower, slower, slower] });
        const read = readOf(found);
        expect(read.estimate.point).toBeCloseTo(speedup, 9);
        expect(read.server?.estimate.point).toBeCloseTo(speedup, 9);
        expect(found.judged.apart.ratio?.point).toBeCloseTo(slower, 9);
        expect(read.pairs).toEqual(found.reads[0]?.state === 'measured' && found.reads[0].pairs);
      }),
    );
  });

  test('are noisy where every statement finds the servers otherwise', () => {
    const alike = readOf(staying({ speedup: 1.2, slower: [1.3, 1.3, 1.301, 1.299, 1.3] }));
    expect(alike.warnings.map(({ code }) => code)).not.toContain('noisy');
    const apart = readOf(staying({ speedup: 1.2, slower: [1.3, 1, 1.2, 1.4, 1.6] }));
    expect(apart.warnings).toContainEqual(
      expect.objectContaining({ code: 'noisy', cause: expect.stringMatching(/cannot be told/) as string }),
    );
    expect(apart.estimate.low).toBeLessThan(1.2 / 1.3);
    expect(apart.estimate.high).toBeGreaterThan(1.2 * 1.3);
  });

  test('have in the intervals of planning times, too, how little is known of the servers', () => {
    const planned = (slower: readonly [number, ...number[]]) => {
      const { planning, taskPlanning } = readOf(staying({ speedup: 1, slower }));
      if (!planning || !taskPlanning) throw new Error('planning was timed');
      return [planning, taskPlanning].map(({ estimate: { low, high } }) => high - low);
    };
    const alike = planned([1, 1, 1, 1]);
    for (const [place, width] of planned([1, 1, 1.5, 0.7]).entries())
      expect(width).toBeGreaterThan(10 * (alike[place] ?? Infinity));
  });

  test('have no times where too few yardsticks tell of the servers', () => {
    const { judged } = staying({ speedup: 1.2, slower: [1.3, 1.3, 1.3] });
    expect(judged.reads).toMatchObject([
      { state: 'failed', error: { message: /servers differ is not known/ } },
    ]);
    expect(judged.apart.ratio).toBeUndefined();
  });

  test('cover the candidate as often as they say', () => {
    const covered = Array.from({ length: 400 }, (_, run) => {
      const random = randomFor(run + 1, 'servers');
      const normal = (): number => Array.from({ length: 12 }, random).reduce((sum, one) => sum + one, -6);
      const slower = Array.from({ length: 6 }, () => 1.4 * Math.exp(0.05 * normal())) as [
        number,
        ...number[],
      ];
      const { low, high } = readOf(
        staying({ speedup: 1.2, slower, scatter: 0.1, seed: `run ${run}` }),
      ).estimate;
      return low <= 1.2 && 1.2 <= high;
    }).filter(Boolean).length;
    expect(covered / 400).toBeGreaterThan(0.92);
    expect(covered / 400).toBeLessThan(0.995);
  });
});
