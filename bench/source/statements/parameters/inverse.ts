import type { Node } from 'libpg-query';
import { numbersIn } from './places.ts';
import { isTree, as, lastName, sqlOf, type Held } from './tree.ts';
import { itself, type Template } from './use.ts';

/** Functions that do not change a value that they have made. */
const REPEATABLE = new Set(['lower', 'upper', 'btrim', 'ltrim', 'rtrim', 'unaccent', 'date_trunc', 'date']);

export interface Inverse {
  value: Template;
  /** Missing where PostgreSQL infers the type. */
  cast?: string | undefined;
}

/**
 * What a parameter has to be for one side of a comparison to have a certain value: for `now() - $1` and a value of
 * `created_at` it is `now() - created_at`.
 *
 * @returns undefined where that is not known
 */
export function inverseOf(side: Node, number: number): Inverse | undefined {
  if (as('ParamRef', side)?.number === number) return { value: itself };
  const cast = as('TypeCast', side);
  if (cast?.arg) return withoutCast(inverseOf(cast.arg, number));
  const call = as('FuncCall', side);
  const argument = call && passedOn(call);
  if (call) return argument && inverseOf(argument, number);
  return inverseOfSum(side, number);
}

const withoutCast = (inner: Inverse | undefined): Inverse | undefined => inner && { value: inner.value };

/** The argument of such a function that holds the value. */
export function passedOn({ funcname, args = [] }: Held<'FuncCall'>): Node | undefined {
  const name = lastName(funcname);
  return REPEATABLE.has(name) ? args[name === 'date_trunc' ? 1 : 0] : undefined;
}

function inverseOfSum(side: Node, number: number): Inverse | undefined {
  const { name, lexpr, rexpr } = as('A_Expr', side) ?? {};
  const operator = lastName(name);
  if (!lexpr || !rexpr || !['+', '-'].includes(operator)) return undefined;
  const isLeft = numbersIn(lexpr).has(number);
  const [holder, other] = isLeft ? [lexpr, rexpr] : [rexpr, lexpr];
  const inner = inverseOf(holder, number);
  if (!inner || numbersIn(other).size > 0) return undefined;
  const time = isTime(other) ? '::timestamptz' : '';
  const known = `(${sqlOf(other)})${time}`;
  const outer: Template = (value) => {
    const held = `(${value})${time}`;
    if (operator === '+') return `${held} - ${known}`;
    return isLeft ? `${held} + ${known}` : `${known} - ${held}`;
  };
  const cast = time && as('ParamRef', holder) ? 'interval' : undefined;
  return { value: (value) => inner.value(`(${outer(value)})`), cast };
}

const NOW = new Set([
  'now',
  'transaction_timestamp',
  'statement_timestamp',
  'clock_timestamp',
  'localtimestamp',
]);

/** Whether an expression gives a point in time: what is added to it, or taken from it, is an interval. */
export function isTime(node: Node): boolean {
  if (as('SQLValueFunction', node)) return true;
  const call = as('FuncCall', node);
  if (call)
    return (
      NOW.has(lastName(call.funcname)) || (lastName(call.funcname) === 'date_trunc' && anyTime(call.args))
    );
  const cast = as('TypeCast', node);
  return cast !== undefined && /^(timestamp|date)/.test(lastName(cast.typeName?.names));
}

const anyTime = (args: readonly Node[] | undefined): boolean =>
  (args ?? []).some((arg) => isTree(arg) && isTime(arg));
