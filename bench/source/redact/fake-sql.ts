import { scanSync } from 'libpg-query';
import type { SourceCatalog } from '../statements/catalog.ts';
import { onlyStatement } from '../statements/parameters/tree.ts';
import { valuePlaces, type Against, type ValuePlace } from './held-against.ts';
import type { Redaction } from './redaction.ts';

interface FakeSql {
  sql: string;
  /** Literals, as SQL, of which nothing tells whether they are held against texts of rows: they are as they were. */
  kept: readonly string[];
  /** What each `$n` is held against. */
  byNumber: ReadonlyMap<number, Against>;
}

type Literal = Extract<ValuePlace, { kind: 'literal' }>;

/** SQL with fakes in place of the literals that are held against texts of rows. */
export function fakeSql(sql: string, catalog: SourceCatalog, redaction: Redaction): FakeSql {
  const statement = onlyStatement(sql);
  if (!statement || !REPLAYED.some((kind) => kind in statement))
    return { sql: withoutLiterals(sql, redaction), kept: [], byNumber: new Map() };
  const literals = new Map<number, Literal>();
  const byNumber = new Map<number, Against>();
  for (const place of valuePlaces(statement, catalog, redaction.columns))
    if (place.kind === 'literal') literals.set(place.location, place);
    else if (typeof byNumber.get(place.number) !== 'object') byNumber.set(place.number, place.against);
  const kept = [...literals.values()].filter(({ against }) => against === 'unknown');
  return { sql: edited(sql, literals, redaction), kept: kept.map(({ value }) => quoted(value)), byNumber };
}

const LITERALS = /'(?:[^']|'')*(?:'|$)/g;

/** Kinds that can be replayed: nothing tells what the literals of others are held against. */
const REPLAYED = ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt'];

/** What cannot be replayed is only shown. */
const withoutLiterals = (sql: string, { fakes }: Redaction): string =>
  sql.replace(LITERALS, (literal) => fakes.of(literal, { kind: 'text', isArray: false }));

function edited(sql: string, literals: ReadonlyMap<number, Literal>, redaction: Redaction): string {
  const bytes = Buffer.from(sql);
  const parts: Buffer[] = [];
  let done = 0;
  for (const { start, end } of scanSync(sql).tokens) {
    const literal = literals.get(start);
    if (!literal || typeof literal.against !== 'object') continue;
    const fake = quoted(fakeLiteral(literal.value, literal.against, redaction));
    parts.push(bytes.subarray(done, start), Buffer.from(fake));
    done = end;
  }
  return Buffer.concat([...parts, bytes.subarray(done)]).toString();
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const DOCUMENT = /^\s*["[{]/;

/** A number or a truth value of a document is no text, and a row has it as it was. */
const NO_STRING = /^(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null)$/;

/** An element of an array, and a part of a document, may be held against a value as well as a whole one. */
export function fakeLiteral(value: string, against: Against, { fakes }: Redaction): string {
  if (typeof against !== 'object') return value;
  const { kind, isArray } = against;
  if (isArray) return fakes.of(value, { kind, isArray: /^\s*[[{]/.test(value) });
  if (kind === 'json' && !DOCUMENT.test(value))
    return NO_STRING.test(value) ? value : fakes.of(value, { kind: 'text', isArray: false });
  if (kind === 'lexemes') return fakes.of(value, { kind: 'text', isArray: false });
  if (kind === 'bytes' && !value.startsWith('\\x')) return value;
  return fakes.of(value, against);
}
