import type { Fake } from './texts-within.ts';
import { fakeWritten, type Notation } from './written-text.ts';

/** RFC 8259, 7: a character beyond U+FFFF has two escapes. No other escape stands for a letter. */
const ESCAPES: Notation = {
  parts: /\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u.{4}|\\.|[^\\]/gsu,
  read: (part) => {
    if (!part.startsWith('\\')) return part;
    return part.startsWith('\\u') ? (JSON.parse(`"${part}"`) as string) : undefined;
  },
  write: (character, part) =>
    part.startsWith('\\') ? character.replaceAll(/[^]/g, (unit) => escapeOf(unit.charCodeAt(0))) : character,
};

const escapeOf = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** What stands between the quotes of a JSON string. It keeps its length, since a fake has as many characters as its text. */
export const jsonString = (written: string, fake: Fake): string => fakeWritten(written, ESCAPES, fake);
