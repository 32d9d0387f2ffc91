import { accountOf, seemsDispensable } from '../../analyse/ledger/account.ts';
import type { BuiltIndex } from '../../database/candidate.ts';
import { itemFailure } from '../../database/item-failure.ts';
import type { ChargedWrite, IndexAccount } from '../../model/ledger.ts';
import { countedWrites, keepsUp } from './charged-writes.ts';
import { giveUp } from './give-up.ts';
import { factsOf, knowledgeOf } from './index-facts.ts';
import type { LedgerSite } from './index-site.ts';

/**
 * Keeps an account of each index of the candidate: what it earns and costs alone beside the baseline's, and as the
 * last of the candidate's. Then finds out which can be given up together.
 */
export async function keepLedger(site: LedgerSite): Promise<void> {
  const { baseline, built, builds, demand, state, store } = site;
  const { leftover } = builds;
  const knowledge = await knowledgeOf(site);
  const whole = await countWhole(site);
  state.openLedger({ baseline, whole, accounts: [], ...(leftover && { leftover }) });
  const { facts } = state.measured;
  for (const [position, index] of built.entries()) {
    const known = facts.find(({ name }) => name === index.name);
    const account = known
      ? accountOf(known, seemsDispensable(known), demand)
      : await attempt(index, position, site, async () => {
          const found = await factsOf(index, site, knowledge);
          await store.add('facts', found);
          return accountOf(found, seemsDispensable(found), demand);
        });
    state.addAccount(account);
  }
  const { given, kept } = await giveUp(facts, site);
  for (const fact of facts) {
    const last = kept.get(fact.name);
    state.addAccount(accountOf({ ...fact, ...(last && { finally: last }) }, given.has(fact.name), demand));
  }
}

/** The writes to each table with and without the whole candidate. */
async function countWhole(site: LedgerSite): Promise<ChargedWrite[]> {
  const tables = [...new Set(site.built.map(({ table }) => table))];
  const counted: ChargedWrite[] = [];
  for (const table of tables) {
    const items = site.writes.filter((item) => keepsUp(item, table));
    counted.push(...(await countedWrites(site.databases, items, site)));
  }
  return counted;
}

/** An index whose account cannot be made costs the others nothing. */
async function attempt(
  index: BuiltIndex,
  position: number,
  { built, baseline, progress }: LedgerSite,
  make: () => Promise<IndexAccount>,
): Promise<IndexAccount> {
  const { name, table, definition } = index;
  const status = {
    ordinal: position + 1,
    total: built.length,
    baseline,
    title: name,
    metric: 'speedup',
    secondsLeft: undefined,
  } as const;
  progress.itemStarted(status);
  try {
    const account = await make();
    progress.itemFinished(status, undefined);
    return account;
  } catch (cause) {
    const error = itemFailure(cause, definition);
    if (!error) throw cause;
    progress.itemFinished(status, `failed: ${error.message}`);
    return { name, table, definition, state: 'failed', error };
  }
}
