import type { Node } from 'libpg-query';
import type { CatalogRelation, SourceCatalog } from '../catalog.ts';
import { constantChoice } from '../choices.ts';
import { wordsOfWrite, type Names } from '../names.ts';
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

const OPERATIONS = { InsertStmt: 'INSERT', UpdateStmt: 'UPDATE', DeleteStmt: 'DELETE' } as const;

/**
 * A write of the source, with rows to write to. Literals of a statement that is not normalised become parameters, except
 * those of columns of few values.
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
  const { sql, literals } = parameterised(observed);
  const { table, operation, uses: all } = resolved(sql, catalog);
  const constants = keptLiterals({ table, operation, uses: all }, literals);
  const normalised = rewritten(sql, constants, []);
  const { statement, uses, numbers, targets, choices } = resolved(normalised, catalog);
  const [name, ...set] = wordsOfWrite(table.name, as('UpdateStmt', statement)?.targetList ?? []);
  const title = observed.title ?? `${operation} ${name ?? ''}${set.length > 0 ? `: ${set.join(', ')}` : ''}`;
  return {
    kind: 'write',
    id: names.idOf([operation, name ?? '', ...set]),
    title: names.titleOf(title, normalised),
    sql: rewritten(normalised, uses, numbers),
    ...{ operation, table: table.name, targets, madeUp, share },
    eachTargetOnce: isOnceOnly(statement),
    weight: observed.weight,
    choices: [
      ...choices,
      ...constants.map(({ what, sql: literal }) => `${what} is ${literal}, as it is written`),
      ...uses.flatMap((use) => (use.kind === 'constant' ? [constantChoice(use)] : [])),
    ],
  };
}

type Resolution = ResolvedWrite &
  Pick<ReplayableWrite, 'operation'> & { statement: Node; table: CatalogRelation };

function resolved(sql: string, catalog: SourceCatalog): Resolution {
  const statement = onlyStatement(sql);
  const kind = (Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[]).find(
    (one) => statement !== undefined && one in statement,
  );
  if (!statement || !kind) throw new Unresolved('it is no INSERT, UPDATE or DELETE');
  const table = tableOf(statement, catalog);
  const insert = as('InsertStmt', statement);
  const write = insert ? resolvedInsert(insert, table, catalog) : resolvedChange(statement, table, catalog);
  return { ...write, statement, table, operation: OPERATIONS[kind] };
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
