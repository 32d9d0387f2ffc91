import type { RowContext } from '../../bench/model/dataset.ts';
import { skewedRank } from '../distributions.ts';

/** A lead that has posts, contacts and a chart at every scale: the document's examples ask for it. */
const DOCUMENTED_LEAD = 123;

/** Leads whose id leaves this remainder have no child in any table: one in twenty. */
const CHILDLESS = { modulus: 20, remainder: 7 };

/** A prime: multiplying a rank by it spreads the hot leads over all ids. */
const SPREAD = 7919;

/** A lead to belong to: a few have very many children, most have few, and some, see `CHILDLESS`, none. */
export function skewedLead({ random, rowsOf }: RowContext, exponent = 0.6): number {
  const leads = rowsOf('leads');
  const id = 1 + ((skewedRank(random, leads, exponent) * SPREAD) % leads);
  return id % CHILDLESS.modulus === CHILDLESS.remainder ? id - 1 : id;
}

/** The documented lead for forty rows spread evenly over the table, a skewed one for all others. */
export function leadOfRow(context: RowContext, ordinal: number, exponent?: number): number {
  const stride = Math.max(1, Math.floor(context.rows / 40));
  const lead = skewedLead(context, exponent);
  return ordinal % stride === 0 ? DOCUMENTED_LEAD : lead;
}
