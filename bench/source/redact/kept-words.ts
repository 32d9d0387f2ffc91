/** Words that stay as they are, in whatever case. Most words are told to be none by their length and first letter. */
export class KeptWords {
  readonly #words: ReadonlySet<string>;
  readonly #beginnings = new Set<number>();

  /** @param words in lower case */
  constructor(words: Iterable<string>) {
    this.#words = new Set(words);
    for (const word of this.#words) this.#beginnings.add(beginning(word.charCodeAt(0), word.length));
  }

  has(word: string): boolean {
    return this.#words.has(word.toLowerCase());
  }

  /** The same for a word of ASCII letters and digits. */
  hasBytes(bytes: Buffer, start: number, end: number): boolean {
    const first = beginning((bytes[start] ?? 0) | LOWER, end - start);
    return this.#beginnings.has(first) && this.has(bytes.toString('latin1', start, end));
  }
}

/** The bit that makes a lower-case letter of an ASCII one; a digit has it. */
const LOWER = 0x20;

const beginning = (first: number, length: number): number => (length << 16) | first;
