import { plainLines, plainText } from '../../../format/plain-text.ts';

const HTML: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Trusted HTML; everything else is escaped. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Part = string | number | Markup | undefined | readonly Part[];

/** HTML from a template: values are escaped unless they are markup themselves. */
export const markup = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(texts.map((text, at) => `${at > 0 ? rendered(parts[at - 1]) : ''}${text}`).join(''));

function rendered(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.html;
  if (typeof part === 'object') return part.map(rendered).join('');
  return escaped(plainText(String(part)));
}

/** Data in which a long name may break after an underscore. */
export const breakable = (data: string): Markup =>
  new Markup(escaped(plainText(data)).replaceAll('_', '_<wbr>'));

/** Data of several lines, with its line breaks. */
export const lines = (data: string): Markup => new Markup(plainLines(data).map(escaped).join('\n'));

const escaped = (text: string): string => text.replace(/[<>&"']/g, (character) => HTML[character] ?? '');
