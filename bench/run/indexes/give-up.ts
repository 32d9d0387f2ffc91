import { seemsDispensable, type AccountFacts } from '../../analyse/ledger/account.ts';
import { earns, gainMs } from '../../analyse/ledger/worth.ts';
import type { IndexEffect } from '../../model/ledger.ts';
import type { LedgerSite } from './index-site.ts';
import { servedReads } from './served-reads.ts';
import { dropIndex } from '../../database/indexes.ts';
import { withVariant } from './variant.ts';

/** The indexes that can be given up together, and the others that earn something only then. */
interface Choice {
  given: ReadonlySet<string>;
  kept: ReadonlyMap<string, IndexEffect>;
}

/**
 * Gives up the indexes that earn nothing as the last one, the worst first. After each it measures the others on the
 * same table again: where two stand in for each other, giving up one makes the other earn.
 */
export async function giveUp(facts: readonly AccountFacts[], site: LedgerSite): Promise<Choice> {
  const given = new Set<string>();
  const kept = new Map<string, IndexEffect>();
  let idle = facts.filter(seemsDispensable);
  for (let worst = worstOf(idle); worst; worst = worstOf(idle)) {
    given.add(worst.name);
    const { name, table } = worst;
    idle = idle.filter((fact) => fact.name !== name);
    for (const fact of idle.filter((other) => other.table === table)) {
      const effect = await effectWithout(fact, given, site);
      if (earns(effect)) kept.set(fact.name, effect);
    }
    idle = idle.filter((fact) => !kept.has(fact.name));
  }
  return { given, kept };
}

/** The index that saves least where it stands alone. Of equals, the largest. */
const worstOf = (idle: readonly AccountFacts[]): AccountFacts | undefined =>
  idle.toSorted((a, b) => gainMs(a.alone) - gainMs(b.alone) || b.bytes - a.bytes)[0];

/** What an index earns beside the candidate without the indexes given up. Its costs are already known. */
async function effectWithout(
  { name, table, last }: AccountFacts,
  given: ReadonlySet<string>,
  site: LedgerSite,
): Promise<IndexEffect> {
  const drops = [...given].map(dropIndex);
  return withVariant(site, site.databases.after, drops, (kept) =>
    withVariant(site, kept, [dropIndex(name)], async (without) => {
      const databases = { before: without, after: kept };
      return { reads: await servedReads({ databases, index: { name, table } }, site), writes: last.writes };
    }),
  );
}
