/** Where a letter or a digit stands among those that may stand for it: none changes its length, its case or its shape. */
export interface LetterPlace {
  /** In lower case. */
  alphabet: readonly string[];
  place: number;
  isUpper: boolean;
}

const places = new Map<string, LetterPlace | undefined>();

/**
 * @returns undefined for a character that stays as it is: punctuation, a symbol, a letter of which the other case has
 *   another length
 */
export function placeOf(character: string): LetterPlace | undefined {
  if (!places.has(character)) places.set(character, foundPlace(character));
  return places.get(character);
}

function foundPlace(character: string): LetterPlace | undefined {
  const lower = character.toLowerCase();
  const isUpper = lower !== character && isPair(lower, character);
  const letter = isUpper ? lower : character;
  for (const alphabet of alphabetsOfPage(Math.floor((letter.codePointAt(0) ?? 0) / PAGE))) {
    const place = alphabet.indexOf(letter);
    if (place >= 0) return { alphabet, place, isUpper };
  }
  return undefined;
}

/** Code points whose alphabets are made at once. */
const PAGE = 256;

const pages = new Map<number, readonly string[][]>();

function alphabetsOfPage(page: number): readonly string[][] {
  const known = pages.get(page);
  if (known) return known;
  const byKind = new Map<string, string[]>();
  for (let code = PAGE * page; code < PAGE * (page + 1); code++) {
    const character = String.fromCodePoint(code);
    const kind = kindOf(character);
    if (kind !== undefined) byKind.set(kind, [...(byKind.get(kind) ?? []), character]);
  }
  const alphabets = [...byKind.values()];
  pages.set(page, alphabets);
  return alphabets;
}

function kindOf(character: string): string | undefined {
  const length = bytesOf(character);
  if (/^\p{Nd}$/u.test(character)) return `digit of ${length}`;
  if (/^\p{Lo}$/u.test(character)) return `letter without case of ${length}`;
  return isPair(character, character.toUpperCase()) ? `letter with two cases of ${length}` : undefined;
}

/** Whether each is the other one in the other case, and nothing else is: `ς` is not the lower case of `Σ`. */
const isPair = (lower: string, upper: string): boolean =>
  /^\p{Ll}$/u.test(lower) &&
  /^\p{Lu}$/u.test(upper) &&
  upper.toLowerCase() === lower &&
  lower.toUpperCase() === upper &&
  bytesOf(upper) === bytesOf(lower);

const bytesOf = (text: string): number => Buffer.byteLength(text);
