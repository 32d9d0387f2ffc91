import { expect, test } from 'vitest';
import { runBlock } from './block.ts';

test('a block runs the statement exactly as often as requested', async () => {
  let calls = 0;
  const block = await runBlock(7, () => Promise.resolve(calls++));
  expect(calls).toBe(7);
  expect(block.executions).toBe(7);
  expect(block.medianMs).toBeGreaterThanOrEqual(0);
});

test('the median of a block is a whole number of nanoseconds', async () => {
  for (let block = 0; block < 20; block++) {
    const { medianMs } = await runBlock(3, () => Promise.resolve());
    expect(medianMs).toBe(Number(medianMs.toFixed(6)));
  }
});

test('an error of the statement is thrown unchanged', async () => {
  const failure = new Error('relation "a" does not exist');
  await expect(runBlock(3, () => Promise.reject(failure))).rejects.toBe(failure);
});
