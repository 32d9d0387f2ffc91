import { expect, test } from 'vitest';
import { inspection } from '../inspection.fixture.ts';
import { weighed } from './weighed.ts';

const { statements } = inspection;

test('calls per hour stay what they are while one statement has some', () => {
  expect(weighed(statements, true)).toEqual({ statements, weightsAreCalls: true });
});

test('statements whose calls nobody knows weigh the same, and as proportions', () => {
  const [, madeUp] = statements.replayable;
  const unknown = { ...statements, replayable: madeUp ? [madeUp] : [], leftOut: [] };
  const { statements: found, weightsAreCalls } = weighed(unknown, true);
  expect(found.replayable.map(({ weight }) => weight)).toEqual([1]);
  expect(weightsAreCalls).toBe(false);
});
