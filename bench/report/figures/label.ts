import stringWidth from 'string-width';
import { plainText, inSentence } from '../../format/plain-text.ts';

/** Characters that XML 1.0 forbids, even as a reference (2.2), besides control characters. */
const NO_XML = /[\p{Cs}\ufffe\uffff]/gu;

const XML: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** Data as text for a picture, not yet escaped. */
const shown = (data: string): string => plainText(data).replace(NO_XML, '\ufffd');

/** Data as text or as an attribute of an SVG file, escaped. */
export const xml = (data: string): string =>
  shown(data).replace(/[<>&"]/g, (character) => XML[character] ?? '');

/** The beginning of a text that fits into this many terminal columns; an ellipsis marks the cut. */
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

/** A title that fills one line of a figure. */
export const titleLabel = (title: string): string => label(inSentence(title), 46);
