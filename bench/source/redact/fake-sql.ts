import type { SourceCatalog } from '../statements/catalog.ts';
import { onlyStatement } from '../statements/parameters/tree.ts';
import type { Against } from './against.ts';
import { fakeLiteral } from './fake-literal.ts';
import { valuePlaces, type ValuePlace } from './held-against.ts';
import type { LiteralFakes } from './redaction.ts';
import { withTokens } from './sql-tokens.ts';

interface FakeSql {
  sql: string;
  /** Whether nothing tells which fake a literal needs. */
  isUnknown: boolean;
  /** What each `$n` is held against. */
  byNumber: ReadonlyMap<number, Against>;
}

type Literal = Extract<ValuePlace, { kind: 'literal' }>;

/** Kinds that can be replayed: nothing tells what the literals of others are held against. */
const REPLAYED = ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt'];

/** SQL with fakes in place of the literals that are held against texts of rows, and without its comments. */
export function fakeSql(sql: string, catalog: SourceCatalog, redaction: LiteralFakes): FakeSql {
  const statement = onlyStatement(sql);
  if (!statement || !REPLAYED.some((kind) => kind in statement))
    return { sql: withoutLiterals(sql), isUnknown: false, byNumber: new Map() };
  const literals = new Map<number, Literal>();
  const byNumber = new Map<number, Against>();
  for (const place of valuePlaces(statement, catalog, redaction))
    if (place.kind === 'literal') literals.set(place.location, place);
    else if (typeof byNumber.get(place.number) !== 'object') byNumber.set(place.number, place.against);
  let isUnknown = false;
  const fake = ({ text, start }: { text: string; start: number }): string => {
    const literal = literals.get(start);
    const value = literal && fakeLiteral(literal.value, literal.against, redaction);
    if (value === undefined || OF_CODE_POINTS.test(text)) isUnknown = true;
    return value === undefined || value === literal?.value ? text : quoted(value);
  };
  return { sql: withTokens(sql, fake) ?? HIDDEN, isUnknown, byNumber };
}

/** The parser returns `U&'\0041nn'` as it is written. */
const OF_CODE_POINTS = /^u&/i;

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** What is not measured is only shown. */
export const withoutLiterals = (sql: string): string => withTokens(sql, () => "'...'") ?? HIDDEN;

/** For people: what stands in place of a text that may hold anything. */
const HIDDEN = '<hidden by --redact: it cannot be told where its literals are>';
