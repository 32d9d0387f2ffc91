import { hotLosses } from '../../model/hot-loss.ts';
import type { Builds, IndexEffect, IndexHotLoss, MeasuredAccount, Redundancy } from '../../model/ledger.ts';
import { hourlyWorth, type Demand } from './hourly-worth.ts';
import { recommend } from './recommend.ts';
import type { Kinship } from './redundancy.ts';
import { breakEven, earns } from './worth.ts';

/** All measurements of one index. */
export interface AccountFacts {
  name: string;
  table: string;
  definition: string;
  bytes: number;
  builds: Builds;
  usedBy: readonly string[];
  isExercised: boolean;
  alone: IndexEffect;
  last: IndexEffect;
  /** Added as the last of the indexes that are kept. */
  finally?: IndexEffect;
  redundant: readonly Redundancy[];
  kinship: Kinship;
}

/**
 * Makes the account of one index, with its recommendation.
 *
 * @param demand undefined where it is not known how often statements are called
 */
export function accountOf(facts: AccountFacts, isDispensable: boolean, demand?: Demand): MeasuredAccount {
  const { name, table, definition, bytes, builds, alone, last, redundant, kinship } = facts;
  const marginal = facts.finally ?? last;
  const effect = { reads: marginal.reads, writes: last.writes };
  const even = breakEven(effect);
  const hour = demand && hourlyWorth(effect, demand);
  return {
    state: 'measured',
    name,
    table,
    definition,
    bytes,
    builds,
    alone,
    last,
    ...(facts.finally && { finally: facts.finally }),
    usedBy: [...facts.usedBy],
    redundant: [...redundant],
    ...(kinship.coveredBy !== undefined && { coveredBy: kinship.coveredBy }),
    ...(even && { breakEven: even }),
    ...(hour && { hour }),
    hotLost: hotLostThrough(facts),
    recommendation: recommend({ ...facts, marginal, isDispensable, hour }),
  };
}

/** Alone, an index shows what it prevents; as the last, what dropping it gives back. */
function hotLostThrough({ alone, last }: AccountFacts): IndexHotLoss[] {
  const givenBack = new Set(hotLosses(last.writes).map(({ id }) => id));
  return hotLosses(alone.writes).map((loss) => ({ ...loss, isShared: !givenBack.has(loss.id) }));
}

/** Set when the last index has been examined: whether it gained nothing beside all the others. */
export const seemsDispensable = ({ last }: AccountFacts): boolean => !earns(last);

/** Whether a query names the table and the index's first key: a B-tree search needs the first key. */
export function isExercisedBy(
  queries: readonly string[],
  table: string,
  firstKey: string | undefined,
): boolean {
  const column = firstKey?.split(' ')[0] ?? '';
  return queries.some((sql) => {
    const words = new Set(sql.toLowerCase().match(/\w+/g));
    return words.has(table.toLowerCase()) && words.has(column.toLowerCase());
  });
}
