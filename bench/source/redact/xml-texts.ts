import type { Fake } from './texts-within.ts';
import { fakeWritten, type Notation } from './written-text.ts';

const QUOTED = `"[^"]*"|'[^']*'`;
const COMMENT = '<!--[^]*?-->';
const INSTRUCTION = '<\\?[^]*?\\?>';
const SUBSET = `\\[(?:${QUOTED}|${COMMENT}|${INSTRUCTION}|<(?!!--|\\?)|[^\\]"'<])*\\]`;

/** XML 1.0, 2.1: a comment, CDATA, a DOCTYPE, an instruction, a tag, or text. */
const MARKUP = new RegExp(
  [
    `(?<comment>${COMMENT})`,
    '<!\\[CDATA\\[(?<characters>[^]*?)\\]\\]>',
    `(?<doctype><!DOCTYPE(?:${QUOTED}|${SUBSET}|[^"'>[])*>)`,
    '(?<declaration><\\?xml(?:\\s+(?:version|encoding|standalone)\\s*=\\s*(?:"[\\w.-]*"|\'[\\w.-]*\'))+\\s*\\?>)',
    '<\\?(?<target>[^\\s?]+)(?<instruction>[^]*?)\\?>',
    `(?<tag></?[^\\s<>/]+(?:\\s+[^\\s=<>]+\\s*=\\s*(?:${QUOTED}))*\\s*/?>)`,
    '(?<text>[^<]+)',
  ].join('|'),
  'g',
);

const VALUES = new RegExp(QUOTED, 'g');

/**
 * Texts, values of attributes, comments and the data of instructions. Names of elements, attributes and instructions stay.
 * A DOCTYPE goes, and with it what refers to its entities: their texts may be markup, or names of files.
 */
export const xmlTexts = (value: string, fake: Fake): string =>
  value.replace(MARKUP, (whole: string, ...rest: unknown[]) => {
    const part = rest.at(-1) as Partial<Record<string, string>>;
    if (part.doctype !== undefined) return '';
    if (part.declaration !== undefined) return whole;
    if (part.comment !== undefined) return fake(whole);
    if (part.characters !== undefined) return `<![CDATA[${fake(part.characters)}]]>`;
    if (part.target !== undefined) return `<?${part.target}${fake(part.instruction ?? '')}?>`;
    if (part.tag !== undefined) return whole.replace(VALUES, (held) => withReferences(held, fake));
    return withReferences(whole, fake);
  });

const OF_XML = /^&(?:#\d+|#x[\da-f]+|amp|lt|gt|quot|apos);$/i;
const HIGHEST = 0x10ffff;

/** XML 1.0, 4.1: references to characters, decimal and hexadecimal, and to the five entities of XML itself. */
const REFERENCES: Notation = {
  parts: /&[^;&\s]*;|[^]/gu,
  read: (part) => {
    const [, hexadecimal = '', digits] = /^&#(x?)([\da-f]+);$/i.exec(part) ?? [];
    if (digits === undefined) return part.length > 1 && part.startsWith('&') ? undefined : part;
    const code = Number.parseInt(digits, hexadecimal === '' ? 10 : 16);
    return code <= HIGHEST ? String.fromCodePoint(code) : undefined;
  },
  write: (character, part) => {
    if (!part.startsWith('&')) return character;
    const code = character.codePointAt(0) ?? 0;
    return part.startsWith('&#x') ? `&#x${code.toString(16)};` : `&#${code};`;
  },
};

const withReferences = (written: string, fake: Fake): string =>
  written.includes('&')
    ? fakeWritten(
        written.replaceAll(/&[^;&\s]*;/g, (reference) => (OF_XML.test(reference) ? reference : '')),
        REFERENCES,
        fake,
      )
    : fake(written);
