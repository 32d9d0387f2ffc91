import type { Node } from 'libpg-query';
import type { CatalogRelation, SourceCatalog } from '../catalog.ts';
import { constantChoice } from '../choices.ts';
import { wordsOfWrite, type Names } from '../names.ts';
import { numbersIn } from '../parameters/places.ts';
import { rewritten } from '../parameters/rewrite.ts';
import { as, onlyStatement } from '../parameters/tree.ts';
import { Unresolved } from '../parameters/use.ts';
import type { ObservedStatement, ReplayableWrite } from '../source-statement.ts';
import { resolvedChange } from './change.ts';
import { resolvedInsert } from './insert.ts';
import { keptLiterals } from './kept-literals.ts';
import { parameterised } from './literals.ts';
import { isOnceOnly } from './once-only.ts';
import type { ResolvedWrite } from './resolved-write.ts';
import { jsonArray } from './targets.ts';

const OPERATIONS = { InsertStmt: 'INSERT', UpdateStmt: 'UPDATE', DeleteStmt: 'DELETE' } as const;

/**
 * A write of the source, with rows to write to. Literals of a statement that is not normalised become parameters, except
 * those of columns of few values, and those that nothing is known of.
 *
 * @param share of the execution time
 * @throws Unresolved
 */
export function replayableWrite(
  observed: ObservedStatement,
  share: number,
  catalog: SourceCatalog,
  names: Names,
  madeUp = false,
): ReplayableWrite {
  const { sql, statement, table, operation, targets, choices } =
    observed.key === undefined ? withRows(observed, catalog) : withOwnKey(observed, observed.key, catalog);
  const [name, ...set] = wordsOfWrite(table.name, as('UpdateStmt', statement)?.targetList ?? []);
  const title = observed.title ?? `${operation} ${name ?? ''}${set.length > 0 ? `: ${set.join(', ')}` : ''}`;
  return {
    kind: 'write',
    id: names.idOf([operation, name ?? '', ...set]),
    title: names.titleOf(title, sql),
    ...{ sql, operation, table: table.name, targets, madeUp, share, choices },
    eachTargetOnce: isOnceOnly(statement),
    ...{ weight: observed.weight, origin: observed.origin },
  };
}

interface KnownWrite extends Pick<ReplayableWrite, 'sql' | 'targets' | 'choices'>, Target {}

/** A query gives the values, in the order of their numbers. */
function withOwnKey({ sql, origin }: ObservedStatement, key: string, catalog: SourceCatalog): KnownWrite {
  const target = targetOf(sql, catalog);
  const names = Array.from(numbersIn(target.statement), (_, place) => `v${place + 1}`);
  const targets = `SELECT ${jsonArray(names)} AS target\nFROM (${key}) AS given(${names.join(', ')})`;
  return { ...target, sql, targets, choices: [`its values are those of ${origin}`] };
}

function withRows(observed: ObservedStatement, catalog: SourceCatalog): KnownWrite {
  const { sql, literals } = parameterised(observed);
  const { sql: told, uses: all, table } = resolvedWith(literals, sql, catalog);
  const constants = keptLiterals(all, table, literals);
  const normalised = rewritten(told, constants, []);
  const { uses, numbers, targets, choices, ...target } = resolved(normalised, catalog);
  return {
    ...{ ...target, targets, sql: rewritten(normalised, uses, numbers) },
    choices: [
      ...choices,
      ...constants.map(({ what, sql: literal }) => `${what} is ${literal}, as it is written`),
      ...uses.flatMap((use) => (use.kind === 'constant' ? [constantChoice(use)] : [])),
    ],
  };
}

/** What nothing but a literal tells stays in the text as it is written. */
function resolvedWith(
  literals: ReadonlyMap<number, string>,
  sql: string,
  catalog: SourceCatalog,
): Resolution & { sql: string } {
  try {
    return { sql, ...resolved(sql, catalog) };
  } catch (error) {
    const number = error instanceof Unresolved ? error.number : undefined;
    const literal = number === undefined ? undefined : literals.get(number);
    if (number === undefined || literal === undefined) throw error;
    const told = rewritten(sql, [{ kind: 'constant', number, sql: literal, what: '' }], []);
    return resolvedWith(literals, told, catalog);
  }
}

/** What a statement writes to. */
interface Target extends Pick<ReplayableWrite, 'operation'> {
  statement: Node;
  table: CatalogRelation;
}

type Resolution = ResolvedWrite & Target;

function resolved(sql: string, catalog: SourceCatalog): Resolution {
  const target = targetOf(sql, catalog);
  const { statement, table } = target;
  const insert = as('InsertStmt', statement);
  return {
    ...(insert ? resolvedInsert(insert, table, catalog) : resolvedChange(statement, table, catalog)),
    ...target,
  };
}

function targetOf(sql: string, catalog: SourceCatalog): Target {
  const statement = onlyStatement(sql);
  const kind = (Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[]).find(
    (one) => statement !== undefined && one in statement,
  );
  if (!statement || !kind) throw new Unresolved('it is no INSERT, UPDATE or DELETE');
  return { statement, table: tableOf(statement, catalog), operation: OPERATIONS[kind] };
}

function rangeOf(statement: Node): Node[] {
  const { relation } =
    as('InsertStmt', statement) ?? as('UpdateStmt', statement) ?? as('DeleteStmt', statement) ?? {};
  return relation ? [{ RangeVar: relation }] : [];
}

function tableOf(statement: Node, catalog: SourceCatalog): CatalogRelation {
  const range = as('RangeVar', rangeOf(statement)[0]);
  const table = range && catalog.find({ schema: range.schemaname, name: range.relname ?? '' });
  if (!table) throw new Unresolved(`the database has no table ${range?.relname ?? ''}`);
  if (table.kind === 'view') throw new Unresolved(`it writes to the view ${table.name}`);
  return table;
}
