import { TEXT, type Against } from './against.ts';
import type { TextKind } from './fake-values.ts';
import type { LiteralFakes } from './redaction.ts';
import { isHstore } from './texts-within.ts';

/** A number or a truth value of a document is no text, and a row has it as it was. */
const NO_STRING = /^(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null)$/;

/**
 * What stands for a literal. An element of an array, and a part of a document, may be held against a value as well as a
 * whole one.
 *
 * @returns undefined where nothing tells which fake it needs, and it has words that the schema does not have
 */
export function fakeLiteral(value: string, against: Against, { fakes }: LiteralFakes): string | undefined {
  if (against === 'no text') return value;
  if (against === 'unknown') return fakes.of(value, TEXT) === value ? value : undefined;
  const { kind, isArray } = against;
  if (isArray && isArrayOf(kind, value)) return fakes.of(value, against);
  if (kind === 'json' && !isDocument(value)) return NO_STRING.test(value) ? value : fakes.of(value, TEXT);
  if (kind === 'lexemes' || (kind === 'hstore' && !isHstore(value))) return fakes.of(value, TEXT);
  return fakes.of(kind === 'bytes' ? hexadecimal(value) : value, { kind, isArray: false });
}

/** A document begins as an array does. */
const isArrayOf = (kind: TextKind, value: string): boolean =>
  /^\s*[[{]/.test(value) && !(kind === 'json' && isDocument(value));

function isDocument(value: string): boolean {
  try {
    return ['object', 'string'].includes(typeof JSON.parse(value));
  } catch {
    return false;
  }
}

/** PostgreSQL manual, 8.4.2: the escape format of `bytea`. */
function hexadecimal(value: string): string {
  if (value.startsWith('\\x')) return value;
  const octets = Buffer.from(value)
    .toString('latin1')
    .replaceAll(/\\([0-7]{3}|\\)/g, (_, code: string) =>
      code === '\\' ? code : String.fromCharCode(Number.parseInt(code, 8)),
    );
  return `\\x${Buffer.from(octets, 'latin1').toString('hex')}`;
}
