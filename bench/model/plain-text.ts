/**
 * Text from a database, a suite or a file, safe to show: control and format characters, among them those that
 * begin a terminal's escape sequences or turn the reading direction, become U+FFFD; line ends become spaces.
 */
export const plainText = (text: string): string =>
  text.replace(/\s*[\r\n\t]+\s*/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');

/** The same for text of several lines, which stay lines. */
export const plainLines = (text: string): string[] => text.split(/\r\n|[\r\n]/).map(plainText);
