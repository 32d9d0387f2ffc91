import { escaped, unescaped } from '../../../seed/copy-text.ts';
import { betweenEscapes, inJsonStrings, type ReplaceIn } from './between-escapes.ts';
import { FakeBytes } from './fake-bytes.ts';
import { FakeWords } from './fake-words.ts';
import { jsonString } from './json-strings.ts';
import type { Key } from './keyed-state.ts';
import { elements, hstoreValues, lexemes, type Fake } from './texts-within.ts';
import { xmlTexts } from './xml-texts.ts';

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
  readonly #inJson: ReplaceIn;
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
    const inString: ReplaceIn = (json, start, end) => {
      if (!json.subarray(start, end).includes('\\')) words.replaceIn(json, start, end);
      else json.write(jsonString(json.toString('utf8', start, end), text), start);
    };
    this.#inJson = (json, start, end) => {
      inJsonStrings(json, start, end, inString);
    };
    this.#byKind = {
      text,
      json: changed(this.#inJson),
      hstore: (value) => hstoreValues(value, text),
      xml: (value) => xmlTexts(value, text),
      lexemes: (value) => lexemes(value, text),
      bytes: (value) => bytes.of(value),
    };
  }

  /** @param value as PostgreSQL prints it */
  of(value: string, { kind, isArray }: ColumnTexts): string {
    return isArray ? elements(value, this.#byKind[kind]) : this.#byKind[kind](value);
  }

  /**
   * The same for a value in the text of COPY. The most frequent kinds are changed without making strings of them.
   *
   * @returns what is to stand there, where it has another length: only of XML
   */
  replaceIn(bytes: Buffer, start: number, end: number, texts: ColumnTexts): Buffer | undefined {
    const { kind, isArray } = texts;
    if (kind === 'text' && !isArray) betweenEscapes(bytes, start, end, this.#inWords);
    else if (kind === 'json' && !isArray && !bytes.subarray(start, end).includes('\\'))
      this.#inJson(bytes, start, end);
    else {
      const fake = Buffer.from(escaped(this.of(unescaped(bytes.toString('utf8', start, end)), texts)));
      if (fake.length !== end - start) return fake;
      fake.copy(bytes, start);
    }
    return undefined;
  }
}

const changed =
  (replaceIn: ReplaceIn): Fake =>
  (value) => {
    const bytes = Buffer.from(value);
    replaceIn(bytes, 0, bytes.length);
    return bytes.toString();
  };
