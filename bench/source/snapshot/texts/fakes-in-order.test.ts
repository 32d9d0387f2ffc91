import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alphabetsFor, symbolsOf } from './alphabets-for.ts';
import { fakesInOrder, type Measured } from './fakes-in-order.ts';

const measured = (text: string): Measured => ({
  characters: Array.from(text).length,
  bytes: Buffer.byteLength(text),
});

const fakesOf = (texts: readonly Measured[], symbols = symbolsOf(['x1'])): string[] | undefined => {
  const [alphabet] = alphabetsFor(symbols);
  return alphabet && fakesInOrder(texts, alphabet);
};

/** Distinct texts by their codes, as a server with the locale C sorts them. */
const sortedTexts = (text: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.uniqueArray(text, { maxLength: 120 }).map((texts) => texts.filter((one) => one !== '').toSorted());

const LONG_ENOUGH = fc.string({ unit: 'grapheme-ascii', minLength: 3, maxLength: 40 });

test('fakes are as long as the texts, and sort as these do', () => {
  fc.assert(
    fc.property(sortedTexts(LONG_ENOUGH), (texts) => {
      const fakes = fakesOf(texts.map(measured)) ?? [];
      expect(fakes.map((fake) => fake.length)).toEqual(texts.map((text) => text.length));
      expect(fakes.toSorted()).toEqual(fakes);
      expect(new Set(fakes).size).toBe(texts.length);
    }),
  );
});

test('fakes of other scripts have the characters and the bytes of the texts', () => {
  const texts = ['Ångström', 'Жуковский', '東京都千代田区', 'naïve 😀 text'].toSorted();
  const fakes = fakesOf(texts.map(measured)) ?? [];
  expect(fakes.map(measured)).toEqual(texts.map(measured));
  expect(fakes.toSorted()).toEqual(fakes);
});

test('all texts of one alphabet and length have fakes', () => {
  fc.assert(
    fc.property(sortedTexts(fc.stringMatching(/^[0-9]{2}$/)), (texts) => {
      const fakes = fakesOf(texts.map(measured), '0123456789') ?? [];
      expect(fakes.join('')).toMatch(/^\d*$/);
      expect(fakes.map((fake) => fake.length)).toEqual(texts.map((text) => text.length));
    }),
  );
});

test('texts that are kept stand where they stood', () => {
  const texts = ['abc', 'open', 'oval', 'paid', 'zoo'];
  const kept = (text: string): Measured => ({ ...measured(text), kept: text });
  const fakes = fakesOf(texts.map((text) => (/open|paid/.test(text) ? kept(text) : measured(text)))) ?? [];
  expect([fakes[1], fakes[3]]).toEqual(['open', 'paid']);
  expect(fakes.toSorted()).toEqual(fakes);
  expect(fakes).not.toContain('oval');
});

test('more short texts than fakes, and kept ones out of order, have none', () => {
  const short = Array.from({ length: 11 }, () => ({ characters: 1, bytes: 1 }));
  expect(fakesOf(short, '0123456789')).toBeUndefined();
  const kept = ['paid', 'open'].map((text) => ({ ...measured(text), kept: text }));
  expect(fakesOf(kept)).toBeUndefined();
});

test('no fake reads NULL', () => {
  const [first, last] = ['nulk', 'num'].map((text) => ({ ...measured(text), kept: text }));
  const others = Array.from({ length: 14 }, () => ({ characters: 4, bytes: 4 }));
  const fakes = first && last && fakesOf([first, ...others, last]);
  expect(fakes?.slice(0, 2)).toEqual(['nulk', 'nulm']);
});
