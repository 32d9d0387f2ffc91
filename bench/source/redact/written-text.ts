import type { Fake } from './texts-within.ts';

/** How a format writes characters that it does not take as they are. */
export interface Notation {
  /** One character, or what stands for one. Those after one another are the whole text. */
  parts: RegExp;
  /** The character that a part stands for; undefined where it stands for none that a word has. */
  read: (part: string) => string | undefined;
  /** A character in the way of a part. */
  write: (character: string, part: string) => string;
}

/** The same fake for a text in whatever way its characters are written. Each is written as the one in its place was. */
export function fakeWritten(written: string, { parts, read, write }: Notation, fake: Fake): string {
  const all = written.match(parts) ?? [];
  const characters = all.map((part) => wholeCharacter(read(part)) ?? NO_LETTER);
  const fakes = Array.from(fake(characters.join('')));
  return all
    .map((part, at) => (fakes[at] === characters[at] ? part : write(fakes[at] ?? NO_LETTER, part)))
    .join('');
}

const NO_LETTER = ' ';

/** Half of a surrogate pair is none: UTF-8 has no place for it. */
const wholeCharacter = (character: string | undefined): string | undefined =>
  character !== undefined && /^\p{Cs}$/u.test(character) ? undefined : character;
