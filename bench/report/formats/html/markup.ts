import { plainLines, plainText } from '../../../format/plain-text.ts';

const HTML: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML that is what it says; everything else is data. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Part = string | number | Markup | undefined | readonly Part[];

/** HTML from a template: what is put in stays text, unless it is markup itself. */
export const markup = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(texts.map((text, at) => `${at > 0 ? rendered(parts[at - 1]) : ''}${text}`).join(''));

function rendered(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.html;
  if (typeof part === 'object') return part.map(rendered).join('');
  return escaped(plainText(String(part)));
}

/** Data in which a long name may go on in the next line after an underscore, where there is no room for it. */
export const breakable = (data: string): Markup =>
  new Markup(escaped(plainText(data)).replaceAll('_', '_<wbr>'));

/** Data of several lines, which stay lines. */
export const lines = (data: string): Markup => new Markup(plainLines(data).map(escaped).join('\n'));

const escaped = (text: string): string => text.replace(/[<>&"']/g, (character) => HTML[character] ?? '');
