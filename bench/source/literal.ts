import { plainText } from '../format/plain-text.ts';

/** Text that is code already. */
export class Code {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }
}

/** A value with lines of comment above it. */
export class Commented {
  readonly comment: readonly string[];
  readonly value: unknown;

  constructor(comment: readonly string[], value: unknown) {
    this.comment = comment;
    this.value = value;
  }
}

const WIDTH = 100;

/** Writes JSON, with `Code` and `Commented` among it, as TypeScript. What fits on a line stays on one; SQL of several lines becomes a template. */
export function literal(value: unknown, indent = ''): string {
  if (typeof value === 'string') return stringLiteral(value);
  if (Object.is(value, -0)) return '-0';
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Code) return value.code;
  if (value instanceof Commented) return literal(value.value, indent);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const parts = Array.isArray(value)
    ? elements(value, indent)
    : members(value as Record<string, unknown>, indent);
  if (parts.length === 0) return open + close;
  const space = open === '{' ? ' ' : '';
  const line = `${open}${space}${parts.map(({ text }) => text).join(', ')}${space}${close}`;
  const fits =
    !line.includes('\n') &&
    indent.length + line.length <= WIDTH &&
    parts.every(({ comment }) => comment.length === 0);
  if (fits) return line;
  const inner = `${indent}  `;
  const lines = parts.flatMap(({ text, comment }) => [
    ...comment.map((words) => `${inner}// ${words}\n`),
    `${inner}${text},\n`,
  ]);
  return `${open}\n${lines.join('')}${indent}${close}`;
}

interface Part {
  text: string;
  comment: readonly string[];
}

const elements = (values: readonly unknown[], indent: string): Part[] =>
  values.map((value) => ({ text: literal(value, `${indent}  `), comment: commentOf(value) }));

const members = (record: Readonly<Record<string, unknown>>, indent: string): Part[] =>
  Object.entries(record).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [{ text: `${keyText(key)}: ${literal(value, `${indent}  `)}`, comment: commentOf(value) }],
  );

/** As a plain key, `__proto__` would set the prototype. */
const keyText = (key: string): string => {
  if (key === '__proto__') return `["${key}"]`;
  return /^[A-Za-z_]\w*$/.test(key) ? key : quoted(key);
};

const commentOf = (value: unknown): readonly string[] =>
  value instanceof Commented ? value.comment.map(plainText) : [];

const stringLiteral = (text: string): string => (text.includes('\n') ? template(text) : quoted(text));

const quoted = (text: string): string => visible(JSON.stringify(text));

const template = (text: string): string => `\`${visible(text.replaceAll(/[\\`]|\$(?=\{)/g, '\\$&'))}\``;

/** Control characters would reach a terminal that shows the file, and half a surrogate pair is no UTF-8. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const visible = (code: string): string =>
  code.replaceAll(UNSEEN, (character) =>
    character < ' '
      ? JSON.stringify(character).slice(1, -1)
      : `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  );
