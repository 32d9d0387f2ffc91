import { isExercisedBy, type AccountFacts } from '../../analyse/ledger/account.ts';
import { kinshipOf, type Kinship } from '../../analyse/ledger/redundancy.ts';
import type { BuiltIndex } from '../../database/candidate.ts';
import { listIndexKeys, type IndexKeys } from '../../database/index-keys.ts';
import { dropIndex } from '../../database/indexes.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import { drawKey } from '../../measure/reads.ts';
import { queryOf } from '../../measure/statement.ts';
import { indexesUsedBy } from '../../measure/table-activity.ts';
import type { IndexEffect, Redundancy } from '../../model/ledger.ts';
import { indexesUsedByWrites } from '../measured.ts';
import { chargedWrites } from './charged-writes.ts';
import type { Difference, IndexSite, LedgerSite } from './index-site.ts';
import { forgetStatementsOn } from '../observer.ts';
import { servedReads } from './served-reads.ts';
import { withVariant, withVariants } from './variant.ts';

/** What is known of the indexes of `after` before one is taken away. */
export interface IndexKnowledge {
  keys: readonly IndexKeys[];
  kinshipOf: (name: string) => Kinship;
  /** Ids of the items that look into it. */
  usedBy: (name: string) => string[];
}

export async function knowledgeOf(site: LedgerSite): Promise<IndexKnowledge> {
  const { server, signal, databases, built } = site;
  const names = new Set(built.map(({ name }) => name));
  return withConnection(server.owner(databases.after), signal, async (connection) => {
    const keys = await listIndexKeys(connection);
    const usage = await usageOf(connection, site);
    return {
      keys,
      kinshipOf: (name) => kinshipOf(name, keys, names),
      usedBy: (name) => usage.filter(({ indexes }) => indexes.includes(name)).map(({ id }) => id),
    };
  });
}

/** An item, and the indexes that it looks into. */
interface Usage {
  id: string;
  indexes: readonly string[];
}

/** Runs each read once and asks the server which indexes it looked into. The writes' indexes are among their counters. */
async function usageOf(connection: Connection, { reads, state, baseline, ask }: IndexSite): Promise<Usage[]> {
  const usage: Usage[] = [];
  for (const { id, sql, key } of reads) {
    const query = queryOf({ sql, parameters: await drawKey(connection, key, ask) });
    usage.push({ id, indexes: await indexesUsedBy(connection, () => connection.query(query)) });
  }
  return [...usage, ...indexesUsedByWrites(state.measured, baseline)];
}

/** What is found out about one index, alone and as the last of the candidate's. */
export async function factsOf(
  index: BuiltIndex,
  site: LedgerSite,
  knowledge: IndexKnowledge,
): Promise<AccountFacts> {
  const { name, table, definition, bytes } = index;
  const kinship = knowledge.kinshipOf(name);
  const firstKey = knowledge.keys.find((keys) => keys.name === name)?.keys[0];
  const statements = site.reads.map(({ sql }) => sql);
  const builds = site.builds.byIndex.get(name);
  if (!builds) throw new Error(`${name} was not built`);
  return {
    name,
    table,
    definition,
    bytes,
    kinship,
    builds,
    usedBy: knowledge.usedBy(name),
    isExercised: isExercisedBy(statements, table, firstKey),
    ...(await effectsOf(index, site)),
    redundant: await redundancies(index, kinship, site, knowledge.keys),
  };
}

/** With it alone beside the baseline's, and with it as the last of the candidate's. */
function effectsOf(index: BuiltIndex, site: LedgerSite): Promise<Pick<AccountFacts, 'alone' | 'last'>> {
  const { before, after } = site.databases;
  const alone = { template: before, change: [index.definition] };
  const withoutIt = { template: after, change: [dropIndex(index.name)] };
  return withVariants(site, [alone, withoutIt], async ([only, without]) => ({
    alone: await effectOf({ databases: { before, after: only }, index }, site),
    last: await effectOf({ databases: { before: without, after }, index }, site),
  }));
}

/** What dropping each index that this one makes redundant would change, beside the whole candidate. */
async function redundancies(
  { table }: BuiltIndex,
  { redundant }: Kinship,
  site: LedgerSite,
  keys: readonly IndexKeys[],
): Promise<Redundancy[]> {
  const { after } = site.databases;
  const found: Redundancy[] = [];
  for (const { name, relation } of redundant) {
    const effect = await withVariant(site, after, [dropIndex(name)], (variant) =>
      effectOf({ databases: { before: variant, after }, index: { name, table } }, site),
    );
    found.push({ name, relation, bytes: keys.find((index) => index.name === name)?.bytes ?? 0, effect });
  }
  return found;
}

/** What one index changes, timed only where its plans or its counts differ. */
async function effectOf(difference: Difference, site: IndexSite): Promise<IndexEffect> {
  await forgetStatementsOn(site);
  return { reads: await servedReads(difference, site), writes: await chargedWrites(difference, site) };
}
