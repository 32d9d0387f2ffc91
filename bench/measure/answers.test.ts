import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { selectShape, comparisonOf } from './answers.ts';

const columns = ['score', 'name'];
const answer = (...rows: [string, string][]) => ({ columns, rows });
const shape = (isLimited: boolean) => ({ sortColumns: ['score'], isLimited });

describe('two answers', () => {
  test('are equal when rows that tie change places', () => {
    const before = answer(['9', 'a'], ['9', 'b'], ['5', 'c']);
    expect(comparisonOf(before, answer(['9', 'b'], ['9', 'a'], ['5', 'c']), shape(true))).toBe('same');
  });

  test('may have different rows of a tie that a limit cuts through, but not without a limit', () => {
    const [before, after] = [answer(['9', 'a'], ['5', 'b']), answer(['9', 'a'], ['5', 'c'])];
    expect(comparisonOf(before, after, shape(true))).toBe('ties differ');
    expect(comparisonOf(before, after, shape(false))).toBe('different');
  });

  test('differ when sort keys have another sequence, or a row is missing', () => {
    const before = answer(['9', 'a'], ['5', 'b']);
    expect(comparisonOf(before, answer(['5', 'b'], ['9', 'a']), shape(true))).toBe('different');
    expect(comparisonOf(before, answer(['9', 'a']), shape(true))).toBe('different');
  });

  test('without an order are equal in any sequence', () => {
    const rows = fc.array(fc.tuple(fc.string(), fc.string()));
    fc.assert(
      fc.property(rows, (some) => {
        const unordered = { sortColumns: [], isLimited: false };
        expect(comparisonOf(answer(...some), answer(...some.toReversed()), unordered)).toBe('same');
      }),
    );
  });
});

test('the shape of a statement comes from its parse tree', async () => {
  expect(await selectShape('SELECT * FROM l WHERE a > 1 ORDER BY l.score DESC, created_at LIMIT 10')).toEqual(
    {
      sortColumns: ['score', 'created_at'],
      isLimited: true,
    },
  );
  expect(await selectShape('SELECT 1')).toEqual({ sortColumns: [], isLimited: false });
  expect(await selectShape('not sql')).toEqual({ sortColumns: [], isLimited: false });
});
