/** Gives a text another one with as many characters and bytes. */
export type Fake = (text: string) => string;

const HSTORE_PAIRS =
  /((?:"(?:[^"\\]|\\.)*"|(?:[^\s"\\,=]|\\.)+)\s*=>\s*)(?:"((?:[^"\\]|\\.)*)"|((?:[^\s",\\]|\\.)+))/gs;

/** PostgreSQL manual, F.18: `"key"=>"value"`. Somebody may write both without quotes. */
export const hstoreValues = (value: string, fake: Fake): string =>
  value.replace(HSTORE_PAIRS, (whole, key: string, quoted: string | undefined, plain: string | undefined) =>
    quoted === undefined && /^null$/i.test(plain ?? '') ? whole : key + inQuotes(quoted ?? plain ?? '', fake),
  );

/** Whether it is pairs of keys and values, and nothing else. */
export const isHstore = (value: string): boolean => /^[\s,]*$/.test(value.replace(HSTORE_PAIRS, ''));

/** A backslash stands before quotes and backslashes, and may stand before any other character. */
const inQuotes = (written: string, fake: Fake): string =>
  `"${fake(written.replace(/\\(.)/gs, '$1')).replace(/["\\]/g, '\\$&')}"`;

const LEXEMES = /'(?:[^']|'')*'/g;

/** The words of `tsvector` and `tsquery`, which stand between quotes. */
export const lexemes = (value: string, fake: Fake): string => value.replace(LEXEMES, fake);

/** Bounds stand before an array whose first element is not number 1. */
const BOUNDS = /^(?:\[[-+\d:]+\])+=/;
const ELEMENTS = /"((?:[^"\\]|\\.)*)"|[^{},"]+/gs;

/** The elements of an array (PostgreSQL manual, 8.15.6). */
export function elements(value: string, fake: Fake): string {
  const [bounds = ''] = BOUNDS.exec(value) ?? [];
  const changed = value.slice(bounds.length).replace(ELEMENTS, (whole, quoted: string | undefined) => {
    if (quoted === undefined) return whole.toUpperCase() === 'NULL' ? whole : fake(whole);
    return inQuotes(quoted, fake);
  });
  return bounds + changed;
}
