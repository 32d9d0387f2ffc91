import {
  accountOf,
  isExercisedBy,
  seemsDispensable,
  type AccountFacts,
} from '../../analyse/ledger/account.ts';
import { kinshipOf, type Kinship } from '../../analyse/ledger/redundancy.ts';
import type { BuiltIndex } from '../../database/candidate.ts';
import { listIndexKeys, type IndexKeys } from '../../database/catalog.ts';
import { withConnection } from '../../database/connection.ts';
import { itemFailure } from '../../database/item-failure.ts';
import type { ChargedWrite, IndexAccount, Redundancy } from '../../model/ledger.ts';
import type { Books } from './books.ts';
import { countedWrites, keepsUp } from './charged-writes.ts';
import { effectOf } from './effects.ts';
import { giveUp } from './give-up.ts';
import { usageOf } from './usage.ts';
import { dropIndex, withVariant } from './variant.ts';

/**
 * Keeps an account of each index of the candidate: what it earns and costs alone beside the baseline's, and as the
 * last of the candidate's. Then finds out which can be given up together.
 */
export async function keepLedger(books: Books): Promise<void> {
  const { built, workload } = books;
  const { record } = workload.session;
  const context = await prepare(books);
  const { leftover } = books.builds;
  const whole = await countWhole(books);
  record.openLedger({ baseline: workload.baseline, whole, accounts: [], ...(leftover && { leftover }) });
  const { facts } = record.measured;
  for (const [position, index] of built.entries()) {
    const known = facts.find(({ name }) => name === index.name);
    const account = known
      ? accountOf(known, seemsDispensable(known))
      : await attempt(index, position, books, async () => {
          const found = await factsOf(index, books, context);
          await record.add('facts', found);
          return accountOf(found, seemsDispensable(found));
        });
    await record.addAccount(account);
  }
  const { given, kept } = await giveUp(facts, books);
  for (const fact of facts) {
    const last = kept.get(fact.name);
    await record.addAccount(accountOf({ ...fact, ...(last && { finally: last }) }, given.has(fact.name)));
  }
}

/** The writes to each table with and without the whole candidate. */
async function countWhole({ databases, built, workload }: Books): Promise<ChargedWrite[]> {
  const tables = [...new Set(built.map(({ table }) => table))];
  const counted: ChargedWrite[] = [];
  for (const table of tables) {
    const items = workload.writes.filter((item) => keepsUp(item, table));
    counted.push(...(await countedWrites(databases, items, workload)));
  }
  return counted;
}

interface Context {
  keys: readonly IndexKeys[];
  kinshipOf: (name: string) => Kinship;
  usedBy: (name: string) => string[];
}

async function prepare({ databases, built, workload }: Books): Promise<Context> {
  const { server, signal } = workload.session;
  const names = new Set(built.map(({ name }) => name));
  return withConnection(server.owner(databases.after), signal, async (connection) => {
    const keys = await listIndexKeys(connection);
    const usage = await usageOf(connection, workload);
    return {
      keys,
      kinshipOf: (name) => kinshipOf(name, keys, names),
      usedBy: (name) => usage.filter(({ indexes }) => indexes.includes(name)).map(({ id }) => id),
    };
  });
}

/** An index whose account cannot be made costs the others nothing. */
async function attempt(
  index: BuiltIndex,
  position: number,
  { built, workload: { session, baseline } }: Books,
  make: () => Promise<IndexAccount>,
): Promise<IndexAccount> {
  const { name, table, definition } = index;
  const [ordinal, total] = [position + 1, built.length];
  const status = {
    ordinal,
    total,
    baseline,
    title: name,
    metric: 'speedup',
    secondsLeft: undefined,
  } as const;
  session.progress.itemStarted(status);
  try {
    const account = await make();
    session.progress.itemFinished(status, undefined);
    return account;
  } catch (cause) {
    const error = itemFailure(cause, definition);
    if (!error) throw cause;
    session.progress.itemFinished(status, `failed: ${error.message}`);
    return { name, table, definition, state: 'failed', error };
  }
}

async function factsOf(index: BuiltIndex, books: Books, context: Context): Promise<AccountFacts> {
  const { databases, builds, workload } = books;
  const { name, table, definition, bytes } = index;
  const { before, after } = databases;
  const kinship = context.kinshipOf(name);
  const firstKey = context.keys.find((keys) => keys.name === name)?.keys[0];
  const measuredBuilds = builds.byIndex.get(name);
  if (!measuredBuilds) throw new Error(`${name} was not built`);
  return {
    name,
    table,
    definition,
    bytes,
    kinship,
    builds: measuredBuilds,
    usedBy: context.usedBy(name),
    isExercised: isExercisedBy(
      workload.reads.map(({ sql }) => sql),
      table,
      firstKey,
    ),
    alone: await withVariant(workload.session, before, [definition], (variant) =>
      effectOf({ databases: { before, after: variant }, index }, workload),
    ),
    last: await withVariant(workload.session, after, [dropIndex(name)], (variant) =>
      effectOf({ databases: { before: variant, after }, index }, workload),
    ),
    redundant: await redundancies(index, kinship, books, context.keys),
  };
}

/** What dropping each index that this one makes redundant would change, beside the whole candidate. */
async function redundancies(
  { table }: BuiltIndex,
  { redundant }: Kinship,
  { databases: { after }, workload }: Books,
  keys: readonly IndexKeys[],
): Promise<Redundancy[]> {
  const found: Redundancy[] = [];
  for (const { name, relation } of redundant) {
    const effect = await withVariant(workload.session, after, [dropIndex(name)], (variant) =>
      effectOf({ databases: { before: variant, after }, index: { name, table } }, workload),
    );
    found.push({ name, relation, bytes: keys.find((index) => index.name === name)?.bytes ?? 0, effect });
  }
  return found;
}
