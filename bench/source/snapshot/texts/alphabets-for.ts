import type { FakeAlphabet } from './fakes-in-order.ts';

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();

const ignoringCase = (symbols: string): FakeAlphabet => ({
  symbols,
  fold: (text) => (symbols === UPPER ? text.toUpperCase() : text.toLowerCase()),
});

const byCodes = (symbols: string): FakeAlphabet => ({ symbols, fold: (text) => text });

/** A column of such texts alone often has a constraint that says so. */
const NARROW: readonly (readonly [RegExp, string])[] = [
  [/^\d*$/, DIGITS],
  [/^[\da-f]*$/, `${DIGITS}abcdef`],
  [/^[A-Z]*$/, UPPER],
  [/^[a-z]*$/, LOWER],
];

/** The narrowest alphabet that texts are written in. */
export const symbolsOf = (texts: readonly string[]): string =>
  NARROW.find(([pattern]) => texts.every((text) => pattern.test(text)))?.[1] ?? DIGITS + LOWER;

/**
 * What to make fakes of, the best first. A locale may sort some letters elsewhere, or two of them as one: digits sort as
 * they are everywhere.
 */
export const alphabetsFor = (symbols: string): FakeAlphabet[] => [
  ignoringCase(symbols),
  byCodes(symbols),
  ignoringCase(DIGITS),
];
