import { hash } from '../hash.ts';
import type { ValueKind } from './value-kind.ts';

/** Digits of which a number holds the value. */
const LEADING = 12;

/** How a type writes its digits. */
export interface HexForm {
  /** The digits of a value, in lower case. */
  digits: (text: string) => string;
  write: (digits: string) => string;
  /** Digits of a value. */
  length: number;
}

/** What two values do not share, as numbers. */
interface HexRange {
  shared: string;
  from: number;
  to: number;
}

function rangeBetween(low: string, high: string): HexRange {
  let length = 0;
  while (length < low.length - LEADING && low[length] === high[length]) length++;
  const leading = (text: string): number =>
    parseInt(text.slice(length, length + LEADING).padEnd(LEADING, '0'), 16);
  return { shared: low.slice(0, length), from: leading(low), to: leading(high) };
}

/** Digits that look random. */
function digitsFor(key: number, nth: number, length: number): string {
  let text = '';
  for (let part = 0; text.length < length; part++)
    text += hash(key + part, nth)
      .toString(16)
      .padStart(8, '0');
  return text.slice(0, Math.max(0, length));
}

const inHex = (number: number): string => number.toString(16).padStart(LEADING, '0');

/** Types whose values sort by their bytes: uuid, bytea, macaddr. Values keep the order of 48 bits. */
export function hexadecimal({ digits, write, length }: HexForm, key: number): ValueKind {
  const rangeOf = (low: string, high: string): HexRange => rangeBetween(digits(low), digits(high));
  return {
    compare: (a, b) => compareTexts(digits(a), digits(b)),
    room: (low, high) => {
      const { from, to } = rangeOf(low, high);
      return Math.max(0, to - from);
    },
    between: (low, high, parts) => {
      const { shared, from, to } = rangeOf(low, high);
      const at = (part: number): string => {
        const leading = shared + inHex(from + Math.floor(((to - from) * part) / parts));
        return write(leading + digitsFor(key, part, length - leading.length));
      };
      return (part) => (part === 0 ? low : part === parts ? high : at(part));
    },
    after: (_high, nth) => write((digitsFor(key + 1, nth, length - LEADING) + inHex(nth)).slice(-length)),
    any: (nth) => write((digitsFor(key + 2, nth, length - LEADING) + inHex(nth)).slice(-length)),
  };
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const uuids: HexForm = {
  digits: (text) => text.replaceAll('-', ''),
  write: (hex) =>
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
  length: 32,
};

/** @param bytes of a value */
export const byteStrings = (bytes: number): HexForm => ({
  digits: (text) => text.replace(/^\\x/, ''),
  write: (hex) => `\\x${hex}`,
  length: 2 * Math.max(6, Math.round(bytes)),
});

/** @param bytes 6 or 8 */
export const hardwareAddresses = (bytes: number): HexForm => ({
  digits: (text) => text.replaceAll(':', ''),
  write: (hex) => hex.replace(/..(?=.)/g, '$&:'),
  length: 2 * bytes,
});
