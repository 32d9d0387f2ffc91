import { escaped, unescaped } from '../../../seed/copy-text.ts';
import { betweenEscapes, inJsonStrings, type ReplaceIn } from './between-escapes.ts';
import { FakeBytes } from './fake-bytes.ts';
import { FakeWords } from './fake-words.ts';
import type { Key } from './keyed-state.ts';
import { elements, hstoreValues, lexemes, xmlText, type Fake } from './texts-within.ts';

/** How the texts in a value are found. Keys of JSON and hstore, and names of XML, stay as they are. */
export type TextKind = 'text' | 'json' | 'hstore' | 'xml' | 'lexemes' | 'bytes';

/** What the texts of a column are. */
export interface ColumnTexts {
  kind: TextKind;
  isArray: boolean;
}

/** Makes fakes of values: the same one wherever a value occurs, of the same length, and for no other value. */
export class FakeValues {
  readonly #inWords: ReplaceIn;
  readonly #byKind: Readonly<Record<TextKind, Fake>>;

  /** @param kept words that stay as they are, in lower case */
  constructor(key: Key, kept: ReadonlySet<string>) {
    // An element of an array that reads NULL is none.
    const words = new FakeWords(key, [...kept, 'null']);
    const bytes = new FakeBytes(key);
    this.#inWords = (text, start, end) => {
      words.replaceIn(text, start, end);
    };
    const text = changed(this.#inWords);
    this.#byKind = {
      text,
      json: changed((all, start, end) => {
        inJsonStrings(all, start, end, this.#inWords);
      }),
      hstore: (value) => hstoreValues(value, text),
      xml: (value) => xmlText(value, text),
      lexemes: (value) => lexemes(value, text),
      bytes: (value) => bytes.of(value),
    };
  }

  /** @param value as PostgreSQL prints it */
  of(value: string, { kind, isArray }: ColumnTexts): string {
    return isArray ? elements(value, this.#byKind[kind]) : this.#byKind[kind](value);
  }

  /** The same for a value in the text of COPY. The most frequent kinds are changed without making strings of them. */
  replaceIn(bytes: Buffer, start: number, end: number, texts: ColumnTexts): void {
    const { kind, isArray } = texts;
    if (kind === 'text' && !isArray) betweenEscapes(bytes, start, end, this.#inWords);
    else if (kind === 'json' && !isArray && !bytes.subarray(start, end).includes('\\'))
      inJsonStrings(bytes, start, end, this.#inWords);
    else bytes.write(escaped(this.of(unescaped(bytes.toString('utf8', start, end)), texts)), start);
  }
}

const changed =
  (replaceIn: ReplaceIn): Fake =>
  (value) => {
    const bytes = Buffer.from(value);
    replaceIn(bytes, 0, bytes.length);
    return bytes.toString();
  };
