import { hasRows } from './sides.ts';
import type { Place } from './places.ts';
import { as, lastName, type Held } from './tree.ts';
import { itself, type Use } from './use.ts';

/** The name of a key of a JSON column; what a column is held against by a function. */
export function drawnBeside({ number, above: [nearest] }: Place): Use | undefined {
  if (nearest?.kind === 'A_Expr') {
    const { name, lexpr, rexpr } = nearest.node as Held<'A_Expr'>;
    const operator = lastName(name);
    if (!lexpr || as('ParamRef', rexpr)?.number !== number || !hasRows(lexpr)) return undefined;
    if (['->', '->>'].includes(operator)) return { kind: 'json key', number, of: lexpr, value: itself };
    if (['#>', '#>>'].includes(operator))
      return { kind: 'json key', number, of: lexpr, value: (key) => `ARRAY[${key}]` };
  }
  if (nearest?.kind !== 'FuncCall') return undefined;
  const { funcname, args = [] } = nearest.node as Held<'FuncCall'>;
  const [of] = args.filter(hasRows);
  const isHeldAgainst = HELD_AGAINST.has(lastName(funcname)) && of !== undefined;
  return isHeldAgainst ? { kind: 'row', number, of, value: itself, what: 'a value of a row' } : undefined;
}

const HELD_AGAINST = new Set([
  ...['similarity', 'word_similarity', 'strict_word_similarity', 'levenshtein', 'starts_with', 'nullif'],
  ...['array_position', 'strpos', 'position'],
]);
