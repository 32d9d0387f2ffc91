import type { Node } from 'libpg-query';
import { drawn, hasRows, SIDES } from './sides.ts';
import { as, lastName, type Held } from './tree.ts';
import { itself, type BoundSide, type Use } from './use.ts';

/** `IN`: the values of a list have different ones of the data. */
export function usesOfList(data: Node, items: readonly Node[], operator: string): Use[] {
  const row = as('RowExpr', data)?.args;
  if (row) return items.flatMap((item) => usesOfRows(row, as('RowExpr', item)?.args ?? [], '='));
  if (!hasRows(data)) return usesOfTurned(data, items);
  return items.flatMap((item, position) =>
    drawn(item, (number, found) =>
      operator === '='
        ? { kind: 'element', number, of: data, ...found, position }
        : { kind: 'bound', number, of: data, ...found, side: 'neither' },
    ),
  );
}

/** `$1 IN (a, b)`, `$1 BETWEEN a AND b`: one of the columns has the value. */
function usesOfTurned(value: Node, items: readonly Node[]): Use[] {
  const data = items.find(hasRows);
  if (!data) return [];
  return drawn(value, (number, found) => ({
    kind: 'row',
    number,
    of: data,
    ...found,
    what: 'a value of a row',
  }));
}

export function usesOfArray({ kind, name }: Held<'A_Expr'>, left: Node, right: Node): Use[] {
  const elements = as('A_ArrayExpr', as('TypeCast', right)?.arg ?? right)?.elements;
  const operator = lastName(name);
  if (elements) return usesOfList(left, elements, operator);
  if (!hasRows(left))
    return drawn(left, (number) => ({
      ...{ kind: 'row', number, of: right, what: 'an element of a row' },
      value: (array) => `(${array})[1]`,
    }));
  return drawn(right, (number) => {
    const base = { number, of: left };
    if (kind === 'AEXPR_OP_ANY' && operator === '=') return { kind: 'array', ...base, value: itself };
    const array = (value: string): string => `ARRAY[${value}]`;
    return SIDES[operator] === 'neither'
      ? { kind: 'bound', ...base, side: 'neither', value: array }
      : { kind: 'row', ...base, value: array, what: 'the value of a row' };
  });
}

export function usesOfBetween(data: Node, [lower, upper]: readonly Node[], isOutside: boolean): Use[] {
  if (!lower || !upper) return [];
  if (!hasRows(data)) return usesOfTurned(data, [lower, upper]);
  const bound = (value: Node, side: BoundSide): Use[] =>
    drawn(value, (number, found) => ({
      kind: 'bound',
      number,
      of: data,
      ...found,
      side: isOutside ? 'neither' : side,
    }));
  return [...bound(lower, 'lower'), ...bound(upper, 'upper')];
}

/** `(a, b) < ($1, $2)`: both come from one row. */
export const usesOfRows = (data: readonly Node[], values: readonly Node[], operator: string): Use[] =>
  data.flatMap((part, place) => {
    const value = values[place];
    if (!value || !hasRows(part)) return [];
    return drawn(value, (number, found) =>
      operator === '='
        ? { kind: 'equal', number, of: part, ...found }
        : { kind: 'row', number, of: part, ...found, what: 'the place of a row in the order' },
    );
  });
