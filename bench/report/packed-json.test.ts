import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../model/errors.ts';
import { packJson, PackedJson, type Json, unpackJson } from './packed-json.ts';

const unpacked = (packed: PackedJson): Json => unpackJson(packed, 'r.json');

describe('packed JSON', () => {
  test('restores any value', () => {
    const values = fc.jsonValue() as fc.Arbitrary<Json>;
    const repeating = fc
      .tuple(values, values)
      .map(([a, b]): Json => [a, b, { a, b, both: [a, b] }, a, { a, b }]);
    fc.assert(
      fc.property(repeating, (value) => {
        const text = JSON.stringify(packJson(value));
        expect(unpacked(PackedJson.parse(JSON.parse(text)))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 300 },
    );
  });

  test.each(['#', '#0', '##', '## a heading', '__proto__'])(
    'does not take the text %j for a reference',
    (text) => {
      const value = { a: [text, text, text], [text]: { [text]: text } };
      expect(unpacked(packJson(value))).toEqual(value);
    },
  );

  test('writes the keys of equal shapes, and repeated parts, once', () => {
    const scan = { type: 'Seq Scan', relation: 'leads' };
    expect(packJson([scan, scan, { type: 'Sort', relation: 'posts' }])).toEqual({
      shapes: [['type', 'relation']],
      dictionary: [[0, 'Seq Scan', 'leads']],
      value: [-1, '#0', '#0', [0, 'Sort', 'posts']],
    });
  });

  test.each<[string, Partial<PackedJson>, string]>([
    ['an entry that is not there', { value: '#1' }, '#1 is no earlier entry'],
    ['a number that is none', { value: '#x' }, '#x is no earlier entry'],
    ['an entry that refers to itself', { dictionary: ['#0'] }, '#0 is no earlier entry'],
    ['a shape that is not there', { value: [7, 1] }, 'there is no shape 7 of 1 keys'],
    ['a shape that is none', { value: ['a', 1] }, 'there is no shape "a" of 1 keys'],
    ['values without keys', { shapes: [['a']], value: [0, 1, 2] }, 'there is no shape 0 of 2 keys'],
  ])('is refused with %s', (_, broken, problem) => {
    const unpacking = () => unpacked({ shapes: [], dictionary: [], value: null, ...broken });
    expect(unpacking).toThrow(UsageError);
    expect(unpacking).toThrow(`r.json: packed: ${problem}`);
  });

  test('is refused when entries that double each other would fill the memory', () => {
    const dictionary = Array.from({ length: 60 }, (_, entry): PackedJson['value'] =>
      entry === 0 ? 'a text of some length' : [-1, `#${entry - 1}`, `#${entry - 1}`],
    );
    expect(() => unpacked({ shapes: [], dictionary, value: '#59' })).toThrow('unpacks to over 64 MB');
  });
});
