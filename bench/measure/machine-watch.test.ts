import { expect, test } from 'vitest';
import { Reference } from '../model/round.ts';
import { keepWatch } from './machine-watch.ts';
import { referenceLoop, referenceScan } from './reference-work.ts';

test('every look at the machine gives both times, and a share of stolen time where the kernel tells it', async () => {
  const look = await keepWatch();
  for (const reference of [await look(), await look()]) expect(Reference.parse(reference)).toEqual(reference);
});

test('a core that this machine does not have leaves out the share of stolen time only', async () => {
  const look = await keepWatch(100_000);
  expect(Object.keys(await look())).toEqual(['scanMs', 'loopMs']);
});

test('the scan reads one integer of each line of its array', () => {
  const lines = Array.from({ length: 2 ** 21 / 16 }, (_, line) => 16 * line);
  expect(referenceScan()()).toBe(lines.reduce((sum, one) => (sum + one) | 0, 0));
});

test.each([
  ['scan', referenceScan()],
  ['loop', referenceLoop],
])('the %s is the same work every time', (_, work) => {
  const checksum = work();
  expect(checksum).not.toBe(0);
  expect([work(), work(), work()]).toEqual([checksum, checksum, checksum]);
});
