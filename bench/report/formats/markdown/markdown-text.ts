import { plainLines, plainText } from '../../../format/plain-text.ts';

/**
 * Characters that can begin inline markup, a link or a mention (CommonMark 0.31, 2.4 and 6). An underscore inside a
 * word cannot; index names are full of them.
 */
const MARKUP = /[\\`*[\]|~$#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;

/** What can begin a list, a rule or an underlined heading (CommonMark 0.31, 4.1, 4.3 and 5.2). */
const BLOCK_START = /^(?:[-+](?=\s|$)|[-=](?=[-=\s]*$))|(?<=^\d{1,9})[.)](?=\s|$)/;

/** HTML's special characters as references: a code host may parse HTML before Markdown. */
const HTML: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** Data as text between HTML tags, where Markdown's own escapes would be shown. */
export const html = (data: string): string =>
  plainText(data).replace(/[<>&]/g, (character) => HTML[character] ?? '');

/**
 * Data as running text without markup. GitHub turns addresses into links. cmark-gfm looks for mail addresses after it
 * has resolved escapes; only an empty comment between the `@` and the host prevents that.
 */
export const text = (data: string): string =>
  html(data)
    .trim()
    .replace(MARKUP, '\\$&')
    .replace(BLOCK_START, '\\$&')
    .replace(/@/g, '@<!-- -->')
    .replace(/:\/\//g, ':&#47;&#47;')
    .replace(/\bwww\./gi, 'www&#46;');

/** A fenced block of data. The fence is longer than any run of backticks in the data (CommonMark 0.31, 4.5). */
export function block(data: string, language: string): string {
  const lines = plainLines(data);
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []);
  const longest = runs.reduce((most, { length }) => Math.max(most, length), 2);
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join('\n');
}
