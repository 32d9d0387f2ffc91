import { expect, test } from 'vitest';
import type { JudgedRound, RoundCause } from '../model/round.ts';
import { roundWarnings } from './round-warnings.ts';

const SLOW: RoundCause[] = [{ kind: 'scan' }];

/** A round for each list of causes. */
const rounds = (...causes: RoundCause[][]): JudgedRound[] =>
  causes.map((own, position) => ({
    ordinal: position + 1,
    startedAtSeconds: 3 * position,
    seconds: 3,
    reference: { scanMs: 1, loopMs: 2, stealShare: 0.08 },
    relative: { scan: 1 + position, loop: 1.5 },
    state: own.length > 0 ? 'disturbed' : 'quiet',
    causes: own,
  }));

const causesOf = (judged: JudgedRound[]): string[] => roundWarnings(judged).map(({ cause }) => cause);

test('a run of quiet rounds, and one without rounds, have nothing to say', () => {
  expect(roundWarnings(rounds([], [], []))).toEqual([]);
  expect(roundWarnings([])).toEqual([]);
});

test('a third of the rounds may be disturbed', () => {
  expect(roundWarnings(rounds([], SLOW, []))).toEqual([]);
  expect(roundWarnings(rounds([], [], SLOW, [], SLOW, []))).toEqual([]);
});

test('more than a third are told with how many, in which way, by how much, and what to do', () => {
  const [warning] = roundWarnings(
    rounds([], SLOW, [{ kind: 'loop' }, { kind: 'steal' }], [{ kind: 'pause', pauseMs: 31_000 }]),
  );
  expect(warning).toEqual({
    code: 'disturbed-rounds',
    cause:
      '3 of 4 rounds disturbed: slow reference scan in 1 (up to 2.00x), slow reference loop in 1 (up to 1.50x), stolen time in 1 (up to 8.0 %), pause in 1 (up to 31.0 s)',
    remedy:
      'the intervals cover the machine as it was, and not a quiet one: repeat the run when nothing else uses the machine or suspends it',
  });
});

test('a run that begins in a disturbed state says so', () => {
  expect(causesOf(rounds(SLOW, SLOW, [], [], [], [], []))).toEqual([
    '2 of 7 rounds disturbed: slow reference scan in 2 (up to 2.00x); the first 2 are among them',
  ]);
  expect(causesOf(rounds(SLOW, [], [], []))).toEqual([]);
});

test('a suspended machine is named with its round, although all others are quiet', () => {
  const suspended: RoundCause[] = [{ kind: 'clock step', stepMs: 61_300 }];
  expect(causesOf(rounds([], [], [], [], suspended, []))).toEqual([
    '1 of 6 rounds disturbed: machine suspended, or its clock set in 1 (round 5 by 61.3 s)',
  ]);
});

test('a budget for fewer rounds than can be compared is told with what the intervals do not cover', () => {
  expect(roundWarnings(rounds([]))).toEqual([
    {
      code: 'few-rounds',
      cause: 'everything was measured in 1 round: whether the machine was quiet is not known',
      remedy: 'the intervals cover that moment, and not another run: raise --budget',
    },
  ]);
  expect(causesOf(rounds([], []))).toHaveLength(1);
  expect(causesOf(rounds(SLOW))).toHaveLength(2);
});
