import fc from 'fast-check';
import { expect, test } from 'vitest';
import { polyline, through, type Point } from './short-path.ts';

const coordinate = fc.double({ min: -400, max: 400, noNaN: true });
const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 12 });

/** Where a path of relative moves, lines and horizontal lines goes, in tenths. */
function placesOf(path: string): Point[] {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([mlh])([^mlh]*)/g)].flatMap(([, command, numbers = '']) => {
    const steps = (numbers.match(/-?(?:\d+(?:\.\d)?|\.\d)/g) ?? []).map((text) =>
      Math.round(Number(text) * 10),
    );
    const size = command === 'h' ? 1 : 2;
    return Array.from({ length: steps.length / size }, (_, at): Point => {
      x += steps[at * size] ?? 0;
      y += size === 2 ? (steps[at * size + 1] ?? 0) : 0;
      return [x, y];
    });
  });
}

const inTenths = (all: readonly Point[]): Point[] =>
  all.map(([x, y]) => [Math.round(x * 10) + 0, Math.round(y * 10) + 0]);

test('a path needs no character that it can do without', () => {
  expect(
    polyline([
      [10.04, 20],
      [10.5, 19.8],
      [12, 19.8],
    ]),
  ).toBe('m10 20l.5-.2 1.5 0');
  expect(
    through([
      [1, 5],
      [3.5, 5],
      [3.25, 5],
      [1, 9],
    ]),
  ).toBe('m1 5h2.5h-.2m-2.3 4');
});

test.each([
  ['polyline', polyline],
  ['through', through],
])('%s goes through every point, to a tenth, with no error that adds up', (_, path) => {
  fc.assert(
    fc.property(points, (all) => {
      expect(placesOf(path(all))).toEqual(inTenths(all));
    }),
  );
});
