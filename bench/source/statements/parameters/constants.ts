import type { Node } from 'libpg-query';
import type { ScopeColumns } from './columns.ts';
import { ARGUMENTS, EVERY_ARGUMENT, SEARCHES } from './function-arguments.ts';
import { isTime } from './inverse.ts';
import { numbersIn, type Above, type Place } from './places.ts';
import { as, lastName, type Held } from './tree.ts';

/** A value of its kind, as SQL, for a parameter that no column is held against. */
export interface Constant {
  sql: string;
  /** For people: `the unit of date_trunc`. */
  what: string;
}

/** What a constant of its kind may be where a `$n` stands; undefined where that cannot be told. */
export function constantAt({ number, above }: Place, columns: ScopeColumns): Constant | undefined {
  const [nearest] = above;
  if (!nearest) return undefined;
  const holder = { [nearest.kind]: nearest.node } as unknown as Node;
  const call = as('FuncCall', holder);
  if (call) return argument(call, number);
  const cast = as('TypeCast', holder);
  if (cast) return ofType(lastName(cast.typeName?.names), 'a cast');
  const computed = as('A_Expr', holder);
  if (computed) return operand(computed, number, columns);
  return among(holder, above, number, columns);
}

function argument({ funcname, args = [] }: Held<'FuncCall'>, number: number): Constant | undefined {
  const name = lastName(funcname);
  const place = args.findIndex((arg) => as('ParamRef', arg)?.number === number);
  if (place < 0) return { sql: '10', what: 'the frame of a window' };
  const isConfiguration = SEARCHES.test(name) && place === 0 && args.length > 1;
  const sql = isConfiguration ? "'english'" : (ARGUMENTS[name]?.[place] ?? EVERY_ARGUMENT[name]);
  return sql === undefined ? undefined : { sql, what: `an argument of ${name}()` };
}

/** Beside an operator: a value that the other side can be computed with. */
function operand(
  { name, lexpr, rexpr }: Held<'A_Expr'>,
  number: number,
  columns: ScopeColumns,
): Constant | undefined {
  const operator = lastName(name);
  const isLeft = as('ParamRef', lexpr)?.number === number;
  const other = isLeft ? rexpr : lexpr;
  const what = `a constant beside ${operator}`;
  if (operator === '||') return { sql: isText(other, columns) ? "' '" : "'{}'", what };
  if (['*', '/', '%'].includes(operator)) return { sql: operator === '%' ? '10' : '1', what };
  if (['+', '-'].includes(operator))
    return { sql: other && isTimeOf(other, columns) ? "interval '1 day'" : '1', what };
  const isAlone = [lexpr, rexpr].every((side) => side && 'ParamRef' in side);
  return isAlone ? { sql: '1', what: 'a comparison of two constants' } : undefined;
}

/** Two JSON documents, or two arrays, are put together as well. */
const isText = (node: Node | undefined, columns: ScopeColumns): boolean =>
  !/^json|\[\]$/.test((node && columns.find(node)?.column.type) ?? '');

const isTimeOf = (node: Node, columns: ScopeColumns): boolean =>
  isTime(node) || /^(timestamp|date)/.test(columns.find(node)?.column.type ?? '');

/** Beside the other values of a COALESCE, GREATEST, CASE, an array, or for itself. */
function among(
  holder: Node,
  above: readonly Above[],
  number: number,
  columns: ScopeColumns,
): Constant | undefined {
  const kind = above[0]?.kind;
  if (kind === 'CaseWhen' || kind === 'CaseExpr') return resultOfCase(above, number, columns);
  if (kind === 'RangeTableSample') return { sql: '10', what: 'the sampled percentage' };
  if (kind === 'ResTarget') return { sql: '1', what: 'a constant of the select list' };
  if (kind === 'BoolExpr') return { sql: 'true', what: 'a condition' };
  const args = as('CoalesceExpr', holder)?.args ?? as('MinMaxExpr', holder)?.args;
  const other = args?.find((arg) => numbersIn(arg).size === 0);
  return other && ofType(typeOf(other, columns), 'in place of a missing value');
}

/** Of the type of another result; numbers where there is none. */
function resultOfCase(above: readonly Above[], number: number, columns: ScopeColumns): Constant | undefined {
  const found = above.find(({ kind }) => kind === 'CaseExpr')?.node as Held<'CaseExpr'> | undefined;
  const results = (found?.args ?? []).flatMap((when) => as('CaseWhen', when)?.result ?? []);
  const all = [...results, ...(found?.defresult ? [found.defresult] : [])];
  if (!all.some((result) => as('ParamRef', result)?.number === number)) return undefined;
  const known = all.find((result) => numbersIn(result).size === 0);
  const isLast = as('ParamRef', found?.defresult)?.number === number;
  const typed = known && ofType(typeOf(known, columns), 'a result of CASE');
  return typed ?? { sql: isLast ? '0' : '1', what: 'a result of CASE' };
}

function typeOf(node: Node, columns: ScopeColumns): string {
  const cast = as('TypeCast', node);
  if (cast) return lastName(cast.typeName?.names);
  return columns.find(node)?.column.type ?? (as('FuncCall', node) ? 'numeric' : 'text');
}

function ofType(type: string, what: string): Constant | undefined {
  const sql = VALUES.find(([pattern]) => pattern.test(type))?.[1];
  return sql === undefined ? undefined : { sql, what };
}

const VALUES: readonly (readonly [RegExp, string])[] = [
  [/^interval/, "'30 days'"],
  [/^(timestamp|date)/, "'now'"],
  [/^(int|bigint|smallint|integer|numeric|float|double|real|money)/, "'1'"],
  [/^bool/, "'true'"],
  [/^json/, "'{}'"],
  [/^uuid/, "'00000000-0000-0000-0000-000000000000'"],
  [/^regconfig/, "'english'"],
  [/^(text|varchar|character|bpchar|citext|name)/, "''"],
];
