import { MixedLoad, type MixedStatement } from '../../measure/long-run/mixed-load.ts';
import { drawKeys } from '../../measure/reads.ts';
import type { ArmSessions } from '../../measure/sessions.ts';
import { queryOf } from '../../measure/statement.ts';
import type { Baseline, PerArm } from '../../model/arm.ts';
import type { Mix } from '../../model/migration.ts';
import type { ReadItem, WriteItem } from '../../model/work-item.ts';
import { supplyOf } from '../items/copies.ts';
import { holds } from '../measured.ts';
import type { ItemSite } from '../sites.ts';

/** The statements of a mix on one baseline. */
export interface MixedItems {
  baseline: Baseline;
  reads: readonly ReadItem[];
  writes: readonly WriteItem[];
  mix: Mix;
}

/** The same statements in the same order for both arms, each as often as its weight says; those that could be measured. */
export async function mixedLoads(
  items: MixedItems,
  sessions: PerArm<ArmSessions>,
  site: ItemSite,
): Promise<PerArm<MixedLoad>> {
  const ofArm = async (): Promise<MixedLoad> => {
    const parts = partsOf(items, site);
    const reads = await sharesOf(parts.reads, items.mix.reads, (item) => readOf(item, items, sessions, site));
    const writes = await sharesOf(parts.writes, items.mix.writes, (item) =>
      writeOf(item, items, sessions, site),
    );
    return new MixedLoad([...reads, ...writes], site.randomFor(`long run ${items.baseline}`));
  };
  return { before: await ofArm(), after: await ofArm() };
}

/** What of a mix could be measured. */
function partsOf({ baseline, reads, writes, mix }: MixedItems, { state: { measured } }: ItemSite) {
  const weighted = <Item extends ReadItem | WriteItem>(items: readonly Item[], part: number): Item[] =>
    part > 0 ? items.filter(({ weight }) => weight > 0) : [];
  const all = { reads: weighted(reads, mix.reads), writes: weighted(writes, mix.writes) };
  return {
    all,
    reads: all.reads.filter((item) => holds(measured.reads, { item, baseline })),
    writes: all.writes.filter((item) => holds(measured.writes, { item, baseline })),
  };
}

/** Whether there are reads and writes to mix. */
export function canBeMixed(items: MixedItems, site: ItemSite): boolean {
  const { reads, writes } = partsOf(items, site);
  return reads.length > 0 && writes.length > 0;
}

/** Titles of what is missing in the mix. */
export function leftOutOf(items: MixedItems, site: ItemSite): string[] {
  const { all, reads, writes } = partsOf(items, site);
  const there: readonly (ReadItem | WriteItem)[] = [...reads, ...writes];
  return [...all.reads, ...all.writes].filter((item) => !there.includes(item)).map(({ title }) => title);
}

type Executed = Pick<MixedStatement, 'next'>;

async function sharesOf<Item extends ReadItem | WriteItem>(
  items: readonly Item[],
  part: number,
  executedOf: (item: Item) => Promise<Executed>,
): Promise<MixedStatement[]> {
  const sum = items.reduce((so, { weight }) => so + weight, 0);
  const statements: MixedStatement[] = [];
  for (const item of items) {
    const { title, sql, weight } = item;
    statements.push({ title, sql, share: (part * weight) / sum, ...(await executedOf(item)) });
  }
  return statements;
}

async function readOf(
  item: ReadItem,
  { baseline }: MixedItems,
  { before: [session] }: PerArm<ArmSessions>,
  { randomFor, ask }: ItemSite,
): Promise<Executed> {
  const keys = await drawKeys(session, item.key, ask);
  const random = randomFor(`keys of the long run ${baseline} ${item.id}`);
  const queries = keys.map((parameters) => queryOf({ sql: item.sql, parameters }));
  return {
    next: () => {
      const query = queries[Math.floor(random() * queries.length)];
      return query && ((connection) => connection.query(query));
    },
  };
}

async function writeOf(
  item: WriteItem,
  { baseline }: MixedItems,
  sessions: PerArm<ArmSessions>,
  site: ItemSite,
): Promise<Executed> {
  const supply = await supplyOf({ item, baseline }, sessions, site, 'long run');
  return {
    next: () => {
      const lists = supply.take(1);
      return lists.length > 0 ? (connection) => supply.executeEach(connection, lists)() : undefined;
    },
  };
}
