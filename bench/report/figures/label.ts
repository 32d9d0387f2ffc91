import stringWidth from 'string-width';
import { plainText, inSentence } from '../../format/plain-text.ts';

/** What XML 1.0 has no place for, even as a reference (2.2), beside the control characters. */
const NO_XML = /[\p{Cs}\ufffe\uffff]/gu;

const XML: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** Data as the text of a picture, not yet escaped. */
const shown = (data: string): string => plainText(data).replace(NO_XML, '\ufffd');

/** Data as text or attribute of an SVG file. */
export const xml = (data: string): string =>
  shown(data).replace(/[<>&"]/g, (character) => XML[character] ?? '');

/** The beginning of a text that fits into so many characters of a terminal's width; an ellipsis says that there is more. */
export function label(data: string, most: number): string {
  const text = shown(data.slice(0, 4 * most)).trim();
  if (data.length <= 4 * most && stringWidth(text) <= most) return text;
  let [kept, width] = ['', 1];
  for (const character of text) {
    width += stringWidth(character);
    if (width > most) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** A title that has a line of a figure for itself. */
export const titleLabel = (title: string): string => label(inSentence(title), 46);
