import { hash } from '../hash.ts';
import { roomBetween, textBetween, type TextRules } from './text-between.ts';
import type { TextOrder } from './text-order.ts';
import type { ValueKind } from './value-kind.ts';

/** Letters and spaces, of which texts are parts. */
const LETTERS = 1 << 16;
let letters: string | undefined;

function lettersAt(start: number, length: number): string {
  letters ??= Array.from({ length: LETTERS }, (_, at) =>
    at % 7 === 6 ? ' ' : String.fromCharCode(0x61 + (hash(7, at) % 26)),
  ).join('');
  const text = letters.slice(start, start + length);
  return text.length === length ? text : text + lettersAt(0, length - text.length);
}

/** A text of letters and spaces, and of a number by which it differs from others. */
export function words(length: number, key: number, nth: number): string {
  const end = nth.toString(36);
  if (end.length >= length) return end.slice(-Math.max(1, length));
  return lettersAt(hash(key, nth) % LETTERS, length - end.length) + end;
}

/** @param length of a value of which nothing else is known */
export function texts({ compare }: TextOrder, rules: TextRules, length: number, key: number): ValueKind {
  return {
    compare,
    room: (low, high) => (compare(low, high) < 0 ? roomBetween(low, high, rules) : 0),
    between: (low, high, parts) => textBetween(low, high, parts, rules),
    after: (high, nth) => {
      const end = `z${nth.toString(36)}`;
      return high.slice(0, Math.max(0, rules.longest - end.length)) + end;
    },
    any: (nth) => words(Math.min(length, rules.longest), key, nth),
  };
}
