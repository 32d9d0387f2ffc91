import { known, type Against } from './against.ts';

/** What is known of an operator in its place. */
interface Operation {
  operator: string;
  isRegularExpression: boolean;
  /** The texts that its operands have. */
  left: Against;
  right: Against;
  /** What its result is held against. */
  result: Against;
}

/** The right side names a key of a document. */
const NAMES_A_KEY = new Set(['->', '->>', '#>', '#>>', '#-']);

/** The right side names a key of an hstore, and a key or a string of `jsonb`. After a date `-` takes an interval. */
const NAMES_A_PART = new Set(['?', '?|', '?&', '-']);

/** The right side is an expression in a language of its own. */
const IS_PATH = new Set(['@?', '@@']);

/** There are none for texts. */
const ARITHMETIC = new Set(['+', '*', '/']);

/** What the literals of the left side, and of the right one, are held against. */
export function operandsAgainst(operation: Operation): [Against, Against] {
  const { operator, isRegularExpression, left, right, result } = operation;
  const kind = known(left)?.kind;
  if (isRegularExpression || (IS_PATH.has(operator) && kind === 'json')) return ['unknown', 'unknown'];
  if (NAMES_A_KEY.has(operator)) return ['unknown', 'no text'];
  if (NAMES_A_PART.has(operator))
    return ['unknown', left === 'no text' || kind === 'hstore' ? 'no text' : 'unknown'];
  if (ARITHMETIC.has(operator)) return ['no text', 'no text'];
  if (operator === '||') return [known(right) ?? result, known(left) ?? result];
  return [right, left];
}
