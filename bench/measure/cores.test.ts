import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCores } from './cores.ts';

/** Neighbours are one range, as the kernel writes them. */
function listOf(cores: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const core of cores) {
    const range = ranges.at(-1);
    if (range?.last === core - 1) range.last = core;
    else ranges.push({ first: core, last: core });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

test.each([
  ['1', [1]],
  ['0-3', [0, 1, 2, 3]],
  ['0-1,8,10-11', [0, 1, 8, 10, 11]],
])('the list %s is %j', (list, cores) => {
  expect(parseCores(list)).toEqual(cores);
});

test('every set of cores is read from its list as it was', () => {
  const sets = fc.uniqueArray(fc.nat(255), { minLength: 1 }).map((cores) => cores.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(sets, (cores) => {
      expect(parseCores(listOf(cores))).toEqual(cores);
    }),
  );
});
