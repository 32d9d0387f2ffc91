import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askAt } from './ask.ts';

const asked = (patienceMs?: number) => {
  const [stdin, stderr] = [new PassThrough(), new PassThrough()];
  const interruption = { signal: new AbortController().signal, interrupt: () => undefined };
  return { stdin, answer: askAt(stdin, stderr, interruption)('Go on? ', patienceMs) };
};

test('a line is the answer, and Enter alone an empty one', async () => {
  for (const line of ['yes', '']) {
    const { stdin, answer } = asked();
    stdin.write(`${line}\n`);
    expect(await answer).toBe(line);
  }
});

test('a question that nobody answers in time has no answer', async () => {
  expect(await asked(10).answer).toBeUndefined();
});
