import { expect, test } from 'vitest';
import { notesOf } from './notes.ts';
import { sampleResult } from './sample-result.fixture.ts';

const drift = (percent: number) => ({
  code: 'drift',
  cause: `the ratio drifted by ${percent} % from the first third to the last`,
  remedy: 'measure on a quieter machine',
});

test('warnings of one kind with different texts are different notes, equal ones are one', () => {
  const notes = notesOf({
    ...sampleResult(),
    reads: [],
    writes: [],
    warnings: [drift(4), drift(9), drift(4)],
  });
  expect(notes.map(({ number, cause }) => [number, cause])).toEqual([
    [1, drift(4).cause],
    [2, drift(9).cause],
  ]);
});
