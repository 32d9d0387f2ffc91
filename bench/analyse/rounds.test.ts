import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawing } from '../../tests/fuzz/seed.fixture.ts';
import type { Disturbance } from '../model/disturbance.ts';
import type { Timed } from '../model/measurement.ts';
import type { Round } from '../model/round.ts';
import { judgeRounds } from './rounds.ts';

type Times = Pick<Round['reference'], 'scanMs' | 'loopMs' | 'stealShare'>;

const roundsOf = (references: readonly Times[]): Round[] =>
  references.map((reference, position) => ({
    ordinal: position + 1,
    startedAtSeconds: 2 * position,
    seconds: 2,
    reference,
  }));

const kindsOf = (references: readonly Times[], timed: readonly Timed[] = []): string[][] =>
  judgeRounds(roundsOf(references), timed).map(({ causes }) => causes.map(({ kind }) => kind));

const quiet: Times = { scanMs: 1, loopMs: 2 };
const rest = Array.from({ length: 8 }, () => quiet);

/** Two pairs in each of ten rounds. */
const timed = (disturbances: readonly Disturbance[]): Timed => ({
  pairs: Array.from({ length: 20 }, (_, position) => ({
    round: Math.floor(position / 2) + 1,
    first: 'before',
    before: { medianMs: 1, executions: 3 },
    after: { medianMs: 1, executions: 3 },
  })),
  disturbances,
});

describe('a round is disturbed when', () => {
  test.each<[string, Times, string[]]>([
    ['its scan takes a quarter longer than at the quiet level', { scanMs: 1.25, loopMs: 2 }, ['scan']],
    ['its loop does', { scanMs: 1, loopMs: 2.5 }, ['loop']],
    ['a twentieth of its time was stolen', { ...quiet, stealShare: 0.05 }, ['steal']],
    ['all of that is so', { scanMs: 5, loopMs: 5, stealShare: 0.5 }, ['scan', 'loop', 'steal']],
  ])('%s', (_, reference, kinds) => {
    expect(kindsOf([quiet, reference, ...rest])).toEqual([[], kinds, ...rest.map(() => [])]);
  });

  test('a pair in it paused, or the clock stepped at any moment of it', () => {
    const measured = timed([{ kind: 'pause', pair: 3, pauseMs: 31_000 }]);
    const rounds = roundsOf([quiet, quiet, ...rest]).map((round) =>
      round.ordinal === 10 ? { ...round, clockStepMs: 60_000 } : round,
    );
    const judged = judgeRounds(rounds, [timed([]), measured]);
    expect(judged.filter(({ state }) => state === 'disturbed')).toMatchObject([
      { ordinal: 2, causes: [{ kind: 'pause', pauseMs: 31_000 }] },
      { ordinal: 10, causes: [{ kind: 'clock step', stepMs: 60_000 }] },
    ]);
  });
});

test('a round is quiet below these limits, and when something disturbed a single item', () => {
  const measured = timed([
    { kind: 'checkpoint', pair: 3 },
    { kind: 'plan change', arm: 'after' },
  ]);
  const almost = { scanMs: 1.24, loopMs: 2.49, stealShare: 0.049 };
  expect(kindsOf([quiet, almost, ...rest], [measured]).flat()).toEqual([]);
});

test('the quiet level is not that of a single round that was faster than all others', () => {
  expect(kindsOf([{ scanMs: 0.5, loopMs: 1 }, ...rest]).flat()).toEqual([]);
});

test('rounds on a machine that is busy for most of the run are disturbed', () => {
  const busy = Array.from({ length: 7 }, () => ({ scanMs: 3, loopMs: 2 }));
  expect(kindsOf([...busy, quiet, quiet, quiet]).filter(({ length }) => length > 0)).toHaveLength(7);
});

test('a single round has nothing to be compared with, and no rounds are none', () => {
  expect(judgeRounds(roundsOf([{ scanMs: 9, loopMs: 9 }]), [])).toMatchObject([
    { state: 'quiet', relative: { scan: 1, loop: 1 } },
  ]);
  expect(judgeRounds([], [timed([{ kind: 'pause', pair: 1, pauseMs: 2000 }])])).toEqual([]);
});

describe('for any rounds,', () => {
  const ms = fc.double({ min: 0.01, max: 100, noNaN: true });
  const references = fc.array(
    fc.record(
      { scanMs: ms, loopMs: ms, stealShare: fc.double({ min: 0, max: 1, noNaN: true }) },
      { requiredKeys: ['scanMs', 'loopMs'] },
    ),
    { maxLength: 60 },
  );

  test('equal ones are quiet', () => {
    fc.assert(
      fc.property(ms, ms, fc.integer({ min: 1, max: 60 }), (scanMs, loopMs, rounds) => {
        expect(kindsOf(Array.from({ length: rounds }, () => ({ scanMs, loopMs }))).flat()).toEqual([]);
      }),
      drawing(200),
    );
  });

  test('a machine that is as many times as slow has the same rounds disturbed', () => {
    fc.assert(
      fc.property(references, fc.constantFrom(0.25, 0.5, 2, 1024), (found, factor) => {
        const scaled = found.map((one) => ({
          ...one,
          scanMs: one.scanMs * factor,
          loopMs: one.loopMs * factor,
        }));
        expect(kindsOf(scaled)).toEqual(kindsOf(found));
      }),
      drawing(200),
    );
  });

  test('their order does not matter', () => {
    const shuffled = references.chain((found) =>
      fc.tuple(fc.constant(found), fc.shuffledSubarray([...found.keys()], { minLength: found.length })),
    );
    fc.assert(
      fc.property(shuffled, ([found, order]) => {
        const moved = kindsOf(order.flatMap((position) => found[position] ?? []));
        expect(moved).toEqual(order.map((position) => kindsOf(found)[position]));
      }),
      drawing(200),
    );
  });
});
