import { describe, expect, test } from 'vitest';
import { ItemError } from '../model/errors.ts';
import { drawRow } from './draw-row.ts';

describe('drawRow', () => {
  test('gives the values of a JSON array to $1, $2, ...', () => {
    expect(drawRow({ target: '["7", null, "it\'s \\"so\\""]' })).toEqual(['7', null, 'it\'s "so"']);
    expect(drawRow({ target: '[]' })).toEqual([]);
  });

  test.each(['7', '[7]', '{"a": "b"}', 'no JSON', null])('refuses %s', (target) => {
    expect(() => drawRow({ target })).toThrow(ItemError);
    expect(() => drawRow({ target })).toThrow('is not a JSON array of texts and nulls, which drawRow takes');
  });
});
