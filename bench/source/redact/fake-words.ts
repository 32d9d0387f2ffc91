import { placeOf } from './alphabets.ts';
import { exchanged } from './exchange.ts';
import { KeptWords } from './kept-words.ts';
import { KeyedState, type Key } from './keyed-state.ts';

/** Letters and digits on end. Beyond ASCII, general punctuation and that of Latin, Chinese and Japanese divides words. */
export const WORDS = /[0-9A-Za-z\u00c0-\u1fff\u2070-\u2fff\u3040-\uffff]+/g;

/**
 * Puts fakes in the places of words: a keyed one-to-one mapping. A letter is exchanged for another one of its alphabet,
 * by a permutation that the letters before it choose. So words with the same beginning have fakes with the same beginning
 * (as the addresses of Xu, Fan, Ammar, Moon: Prefix-Preserving IP Address Anonymization, 2002), and upper case
 * corresponds to lower case.
 */
export class FakeWords {
  readonly #state: KeyedState;
  readonly #kept: KeptWords;

  /** @param kept words that stay as they are, in lower case */
  constructor(key: Key, kept: Iterable<string>) {
    this.#state = new KeyedState(key);
    this.#kept = new KeptWords(kept);
  }

  /** In a part of UTF-8 text, which keeps its length. */
  replaceIn(bytes: Buffer, start: number, end: number): void {
    let at = start;
    while (at < end) {
      if (!isOfWord(bytes[at] ?? 0)) at++;
      else {
        const begin = at;
        let all = 0;
        for (; at < end && isOfWord(bytes[at] ?? 0); at++) all |= bytes[at] ?? 0;
        if (all < BEYOND_ASCII) this.#replaceAscii(bytes, begin, at);
        else bytes.write(bytes.toString('utf8', begin, at).replace(WORDS, this.#fakeOf), begin);
      }
    }
  }

  /** What comes out as a word that is kept goes on until it is none: so no two words have one fake (cycle walking). */
  #replaceAscii(bytes: Buffer, start: number, end: number): void {
    if (this.#kept.hasBytes(bytes, start, end)) return;
    do this.#exchangeAscii(bytes, start, end);
    while (this.#kept.hasBytes(bytes, start, end));
  }

  #exchangeAscii(bytes: Buffer, start: number, end: number): void {
    const state = this.#state;
    state.reset();
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      const first = byte <= NINE ? ZERO : byte >= LOWER_A ? LOWER_A : UPPER_A;
      const size = first === ZERO ? DIGITS : LETTERS;
      bytes[at] = first + exchanged(byte - first, size, state.number);
      state.absorb(byte | LOWER);
    }
  }

  /** The same for letters of all scripts. */
  readonly #fakeOf = (word: string): string => {
    if (this.#kept.has(word)) return word;
    let fake = this.#exchangedLetters(word);
    while (this.#kept.has(fake)) fake = this.#exchangedLetters(fake);
    return fake;
  };

  #exchangedLetters(word: string): string {
    const state = this.#state;
    state.reset();
    let fake = '';
    for (const character of word) {
      const found = placeOf(character);
      if (found) {
        const { alphabet, place, isUpper } = found;
        const other = alphabet[exchanged(place, alphabet.length, state.number)] ?? character;
        fake += isUpper ? other.toUpperCase() : other;
        state.absorb(alphabet[place]?.codePointAt(0) ?? 0);
      } else {
        fake += character;
        state.absorb(character.codePointAt(0) ?? 0);
      }
    }
    return fake;
  }
}

const BEYOND_ASCII = 0x80;
const [ZERO, NINE, UPPER_A, LOWER_A] = [0x30, 0x39, 0x41, 0x61] as const;
const [DIGITS, LETTERS] = [10, 26] as const;

/** The bit that makes a lower-case letter of an ASCII one; a digit has it. */
const LOWER = 0x20;

const OF_WORD = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte >= BEYOND_ASCII || /[0-9A-Za-z]/.test(String.fromCharCode(byte))),
);

const isOfWord = (byte: number): boolean => OF_WORD[byte] === 1;
