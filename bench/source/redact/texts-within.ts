/** Gives a text another one of the same length. */
export type Fake = (text: string) => string;

const HSTORE_VALUES = /(?<==>)"(?:[^"\\]|\\.)*"/gs;

/** PostgreSQL manual, F.18: `"key"=>"value"`. Escapes are a backslash with a character that is no letter. */
export const hstoreValues = (value: string, fake: Fake): string => value.replace(HSTORE_VALUES, fake);

const LEXEMES = /'(?:[^']|'')*'/g;

/** The words of `tsvector` and `tsquery`, which stand between quotes. */
export const lexemes = (value: string, fake: Fake): string => value.replace(LEXEMES, fake);

/** Declarations, the names of elements and attributes, and entities. */
const XML_NAMES = /(<\?[^]*?\?>|<!DOCTYPE[^>]*>|<!\[CDATA\[|<\/?[\w:.-]+|[\w:.-]+(?=\s*=\s*["'])|&#?\w+;)/;

/** Every other part is such a name. */
export const xmlText = (value: string, fake: Fake): string =>
  value
    .split(XML_NAMES)
    .map((part, at) => (at % 2 === 1 ? part : fake(part)))
    .join('');

/** Bounds stand before an array whose first element is not number 1. */
const BOUNDS = /^\[[^{]*=/;
const ELEMENTS = /"((?:[^"\\]|\\.)*)"|[^{},"]+/gs;

/** The elements of an array (PostgreSQL manual, 8.15.6). */
export function elements(value: string, fake: Fake): string {
  const [bounds = ''] = BOUNDS.exec(value) ?? [];
  const changed = value.slice(bounds.length).replace(ELEMENTS, (whole, quoted: string | undefined) => {
    if (quoted === undefined) return whole.toUpperCase() === 'NULL' ? whole : fake(whole);
    return `"${fake(quoted.replace(/\\(.)/gs, '$1')).replace(/["\\]/g, '\\$&')}"`;
  });
  return bounds + changed;
}
