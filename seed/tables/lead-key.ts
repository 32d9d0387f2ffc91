import type { RowContext } from '../../bench/model/dataset.ts';
import { skewedRank } from '../distributions.ts';

/** A lead with posts, contacts and a chart at every scale: the document's examples need it. */
const DOCUMENTED_LEAD = 123;

/** Leads whose id leaves this remainder have no children in any table: one in twenty. */
const CHILDLESS = { modulus: 20, remainder: 7 };

/** Primes: multiplying a rank by one of them spreads the frequent leads over all ids. */
const SPREADS = [7919, 7907] as const;

/**
 * The id of the lead with this rank. One to one for fewer than 62 million leads. A prime that divides their number
 * would map many ranks to one id; then the other prime is used.
 */
export function leadOfRank(rank: number, leads: number): number {
  const [usual, other] = SPREADS;
  return 1 + ((rank * (leads % usual === 0 ? other : usual)) % leads);
}

/** The lead of a new child row: a few leads have very many, most have few, and `CHILDLESS` ones have none. */
export function skewedLead({ random, rowsOf }: RowContext, exponent = 0.6): number {
  const leads = rowsOf('leads');
  const id = leadOfRank(skewedRank(random, leads, exponent), leads);
  return id % CHILDLESS.modulus === CHILDLESS.remainder ? id - 1 : id;
}

/** The documented lead for this many rows, spread evenly over the table; a skewed choice for all others. */
export function leadOfRow(
  context: RowContext,
  ordinal: number,
  documentedRows: number,
  exponent?: number,
): number {
  const stride = Math.max(1, Math.floor(context.rows / documentedRows));
  const lead = skewedLead(context, exponent);
  return ordinal % stride === 0 && ordinal < context.rows ? DOCUMENTED_LEAD : lead;
}
