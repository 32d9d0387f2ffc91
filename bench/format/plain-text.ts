/** Control and format characters: they can begin a terminal's escape sequences or change the reading direction. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Text from a database, a suite or a file, safe to show: invisible characters become U+FFFD, line ends become spaces.
 */
export const plainText = (text: string): string =>
  text.replace(/\s+/g, (gap) => (/[\r\n\t]/.test(gap) ? ' ' : gap)).replace(INVISIBLE, '\ufffd');

/** The same for text of several lines, with its line breaks. */
export const plainLines = (text: string): string[] => text.split(/\r\n|[\r\n]/).map(plainText);

/** The same with one character for each, for text that another line refers to by column. */
export const plainCharacters = (text: string): string =>
  text.replace(/\t/g, ' ').replace(INVISIBLE, '\ufffd');

/** The beginning of a text too long to read; an ellipsis marks the cut. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;

/** A title for a sentence: a comma replaces the spaces that align its parts in tables. */
export const inSentence = (title: string): string => title.replace(/ {2,}/g, ', ');

/** In the `options` of a URL, alone. */
const SEARCH_PATH = /^\s*-c\s*search_path=\S*\s*$/;

/** A URL that may be shown: parameters may hold a password, too. A search path decides what is measured. */
export function urlWithoutSecrets(url: string): string {
  const shown = new URL(url);
  const options = shown.searchParams.get('options') ?? '';
  shown.password = '';
  shown.search = SEARCH_PATH.test(options) ? `?options=${encodeURIComponent(options)}` : '';
  return shown.href;
}
