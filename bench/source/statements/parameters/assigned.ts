import type { Node } from 'libpg-query';
import { passedOn } from './inverse.ts';
import { as } from './tree.ts';
import { itself, type Use } from './use.ts';

/** The parameters that SET gives to columns as they are, with a cast, or where another value is missing. */
export const assignedUses = (assignments: readonly Node[]): Use[] =>
  assignments.flatMap((assignment) => {
    const { name: column = '', val } = as('ResTarget', assignment) ?? {};
    const of: Node = { ColumnRef: { fields: [{ String: { sval: column } }] } };
    return givenNumbers(val).map((number): Use => ({ kind: 'assigned', number, of, value: itself, column }));
  });

/** The numbers of the parameters that are a value themselves. */
export function givenNumbers(value: Node | undefined): number[] {
  const number = as('ParamRef', value)?.number;
  if (number !== undefined) return [number];
  const cast = as('TypeCast', value);
  if (cast) return givenNumbers(cast.arg);
  const several = as('MultiAssignRef', value);
  if (several) return givenNumbers(as('RowExpr', several.source)?.args?.[(several.colno ?? 1) - 1]);
  const call = as('FuncCall', value);
  if (call) return givenNumbers(passedOn(call));
  const alternatives = as('CoalesceExpr', value)?.args ?? [];
  return alternatives.length > 0
    ? givenNumbers(alternatives.find((one) => givenNumbers(one).length > 0))
    : [];
}
