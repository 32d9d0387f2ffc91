import { plainLines, plainText } from './plain-text.ts';

/**
 * What can begin inline markup, a link or a mention (CommonMark 0.31, 2.4 and 6). An underscore inside a word
 * cannot, and index names are full of them.
 */
const MARKUP = /[\\`*[\]|~$@#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;

/** HTML's own three as references: a code host may read HTML before it reads Markdown. */
const HTML: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** Data as running text, of which nothing is live. A bare address would become a link by itself. */
export const text = (data: string): string =>
  plainText(data)
    .replace(/[<>&]/g, (character) => HTML[character] ?? '')
    .replace(MARKUP, '\\$&')
    .replace(/:\/\//g, ':&#47;&#47;')
    .replace(/\bwww\./gi, 'www&#46;');

/** A fenced block of data: its fence is longer than any run of backticks in it (CommonMark 0.31, 4.5). */
export function block(data: string, language: string): string {
  const lines = plainLines(data);
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []);
  const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}
