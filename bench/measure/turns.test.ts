import fc from 'fast-check';
import { expect, test } from 'vitest';
import { executionsIn } from '../model/histogram.ts';
import { atLeast, inOneGo, runInTurns, sharedTurnsOf, turnsOf, within } from './turns.ts';

const per = (before: number, after: number) => ({ before, after });

test('fast statements take turns of a millisecond, slow ones a single turn', () => {
  expect(turnsOf(per(0.25, 0.5))).toEqual({ turns: 5, executions: per(4, 2) });
  expect(turnsOf(per(2.5, 0.25))).toEqual({ turns: 2, executions: per(1, 10) });
  expect(turnsOf(per(500, 0.25))).toEqual({ turns: 1, executions: per(1, 20) });
  expect(turnsOf(per(0.0001, 0.0001))).toEqual({ turns: 5, executions: per(20, 20) });
});

test('in one go, each arm fills its block without the other', () => {
  expect(inOneGo(400)(per(2, 0.1))).toEqual({ turns: 1, executions: per(200, 4_000) });
});

test('arms that run equally many fill a block of the faster one, within reason for the slower', () => {
  expect(sharedTurnsOf(per(0.5, 0.6))).toEqual({ turns: 10, executions: per(2, 2) });
  expect(sharedTurnsOf(per(12, 0.4))).toEqual({ turns: 2, executions: per(2, 2) });
  expect(sharedTurnsOf(per(500, 0.4))).toEqual({ turns: 1, executions: per(1, 1) });
});

test('a block of at least so many executions has as many turns, and no fewer executions', () => {
  expect(atLeast(50, sharedTurnsOf(per(0.5, 0.6)))).toEqual({ turns: 10, executions: per(5, 5) });
  expect(atLeast(1, sharedTurnsOf(per(0.5, 0.6)))).toEqual(sharedTurnsOf(per(0.5, 0.6)));
});

test('where rows run out, there are fewer turns, and never more executions than rows', () => {
  const duration = fc.double({ min: 0.01, max: 1000, noNaN: true });
  fc.assert(
    fc.property(duration, duration, fc.integer({ min: 1, max: 300 }), (before, after, most) => {
      const { turns, executions } = within(most, sharedTurnsOf({ before, after }));
      expect(turns).toBeGreaterThanOrEqual(1);
      expect(turns * executions.before).toBeLessThanOrEqual(most);
      expect(executions.after).toBe(executions.before);
    }),
  );
});

test('arms take turns, and each begins every other one', async () => {
  const seen: string[] = [];
  const execute = (arm: string) => () => Promise.resolve(seen.push(arm));
  const turns = { turns: 3, executions: per(1, 2) };
  const blocks = await runInTurns({ before: execute('b'), after: execute('a') }, turns, 'after');
  expect(seen.join('')).toBe('aabbaaaab');
  expect(blocks.before.executions).toBe(3);
  expect(blocks.after.executions).toBe(6);
  expect(executionsIn(blocks.before.histogram)).toBe(3);
  expect(executionsIn(blocks.after.histogram)).toBe(6);
});

test('an error of the statement is thrown unchanged', async () => {
  const failure = new Error('relation "a" does not exist');
  const execute = { before: () => Promise.resolve(), after: () => Promise.reject(failure) };
  const turns = { turns: 1, executions: per(1, 1) };
  await expect(runInTurns(execute, turns, 'before')).rejects.toBe(failure);
});
