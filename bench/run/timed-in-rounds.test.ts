import { expect, test } from 'vitest';
import type { ReadItem, Scheduled } from '../model/work-item.ts';
import { nothingMeasured } from './measured.ts';
import { lastRoundOf } from './timed-in-rounds.ts';

const read = { item: { id: 'read' }, baseline: 'bare' } as Scheduled<ReadItem>;
const block = { medianMs: 1, executions: 1 };
const pair = (round: number) => ({ round, first: 'before' as const, before: block, after: block });

test('a round that was interrupted is over: the next one is another', () => {
  const pairs = [pair(1), pair(1), pair(2)];
  const measured = {
    ...nothingMeasured(),
    rounds: [{ ordinal: 1, startedAtSeconds: 0, seconds: 1, reference: { scanMs: 1, loopMs: 1 } }],
    canaries: [{ ...read, state: 'measured' as const, pairs, disturbances: [] }],
  };
  expect(lastRoundOf(measured)).toBe(2);
});

test('before anything is measured no round was', () => {
  expect(lastRoundOf(nothingMeasured())).toBe(0);
});
