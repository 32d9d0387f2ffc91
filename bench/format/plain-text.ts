/** Control and format characters, among them those that begin a terminal's escape sequences or turn the reading direction. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Text from a database, a suite or a file, safe to show: what is invisible and may act becomes U+FFFD, line ends
 * become spaces.
 */
export const plainText = (text: string): string =>
  text.replace(/\s+/g, (gap) => (/[\r\n\t]/.test(gap) ? ' ' : gap)).replace(INVISIBLE, '\ufffd');

/** The same for text of several lines, which stay lines. */
export const plainLines = (text: string): string[] => text.split(/\r\n|[\r\n]/).map(plainText);

/** The same character for character, for what something else is to stand under. */
export const plainCharacters = (text: string): string =>
  text.replace(/\t/g, ' ').replace(INVISIBLE, '\ufffd');

/** The beginning of a text that nobody would read to its end; an ellipsis says that there is more. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;

/** Titles align their parts with spaces in tables of fixed width; anywhere else a comma does that. */
export const inSentence = (title: string): string => title.replace(/ {2,}/g, ', ');

/** A URL that may be shown: parameters may hold a password, too. */
export function urlWithoutSecrets(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  shown.search = '';
  return shown.href;
}
