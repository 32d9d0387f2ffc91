import { elements, hstoreValues, lexemes, type Fake } from '../../redact/texts-within.ts';
import type { TextKind } from '../../redact/fake-values.ts';
import { xmlTexts } from '../../redact/xml-texts.ts';

/** How the texts in the values of a column are found. */
export interface HeldTexts {
  kind: TextKind;
  isArray: boolean;
  /** Ranges, and multiranges, of texts. */
  isRange: boolean;
}

/** What stands for a value when each of its texts is exchanged for another one. */
export function textsReplaced(value: string, { kind, isArray, isRange }: HeldTexts, fake: Fake): string {
  const change = CHANGES[kind];
  const changed: Fake = (text) => change(text, withoutBlanks(fake));
  if (isArray) return elements(value, changed);
  return isRange ? rangeBounds(value, changed) : changed(value);
}

const STRINGS = /"((?:[^"\\]|\\.)*)"(\s*:)?/gs;

/** Keys of documents stay, as do names in XML. */
const CHANGES: Readonly<Record<TextKind, (value: string, fake: Fake) => string>> = {
  text: (value, fake) => fake(value),
  json: (value, fake) =>
    value.replace(STRINGS, (whole, written: string, colon: string | undefined) =>
      colon === undefined ? JSON.stringify(fake(JSON.parse(`"${written}"`) as string)) : whole,
    ),
  hstore: hstoreValues,
  xml: xmlTexts,
  lexemes: (value, fake) =>
    lexemes(value, (quoted) => `'${fake(quoted.slice(1, -1).replaceAll("''", "'"))}'`),
  bytes: (value, fake) => value.replace(/^\\x/, '') && `\\x${fake(value.replace(/^\\x/, ''))}`,
};

/** Blanks at the end stay: of `char(n)` they are no part of the text. */
const withoutBlanks =
  (fake: Fake): Fake =>
  (text) => {
    const body = text.replace(/ +$/, '');
    return body === '' ? text : fake(body) + text.slice(body.length);
  };

/** Brackets and commas divide them (PostgreSQL manual, 8.17.5); a quote or a backslash in quotes stands there twice. */
const BOUNDS = /"((?:[^"\\]|\\.|"")*)"|[^[\](){},"]+/gs;

const rangeBounds = (value: string, fake: Fake): string =>
  value === 'empty'
    ? value
    : value.replace(BOUNDS, (plain, quoted: string | undefined) =>
        quoted === undefined
          ? fake(plain)
          : fake(quoted.replace(/\\(.)|""/gs, (_, one?: string) => one ?? '"')),
      );
