import { serverDurations, clientDurations } from '../../analyse/estimates.ts';
import { READ_PRECISION, WRITE_PRECISION } from '../../analyse/precision.ts';
import { asOverhead, timesOf } from '../../analyse/times.ts';
import { tablesReferredTo } from '../../database/catalog.ts';
import { withConnection } from '../../database/connection.ts';
import { planOf } from '../../measure/explain.ts';
import { drawKey, measureRead } from '../../measure/reads.ts';
import { SESSIONS_PER_ARM, type Sessions } from '../../measure/sessions.ts';
import { countWrites } from '../../measure/write-counts.ts';
import type { WriteSupply } from '../../measure/write-supply.ts';
import type { Baseline, PerArm } from '../../model/arm.ts';
import type { WriteCounters } from '../../model/counters.ts';
import type { ChargedWrite, IndexEffect, ServedRead } from '../../model/ledger.ts';
import type { Pair } from '../../model/pair.ts';
import type { Times } from '../../model/times.ts';
import type { Parameter, ReadItem, Scheduled, WriteItem } from '../../model/work-item.ts';
import { supplyOf, timeWrite, withClones, type Copies } from '../measure-writes.ts';
import { orderFor, withArms, type Session } from '../session.ts';

/** Two databases of which `after` has one index more than `before`. */
export interface Difference {
  databases: PerArm<string>;
  index: { name: string; table: string };
}

/** What an index may change, and where it is measured. */
export interface Workload {
  session: Session;
  baseline: Baseline;
  reads: readonly ReadItem[];
  writes: readonly WriteItem[];
}

/** A marginal effect needs its interval, no more: it is measured for every index twice. */
const READ_PAIRS = 20;
const WRITE_PAIRS = 12;

/** Records more per execution from which a write is timed. */
const LEAST_RECORDS = 0.2;

/** What one index changes, timed only where its plans or its counts differ. */
export const effectOf = async (difference: Difference, workload: Workload): Promise<IndexEffect> => ({
  reads: await servedReads(difference, workload),
  writes: await chargedWrites(difference, workload),
});

interface ChangedRead {
  item: ReadItem;
  parameters: readonly Parameter[];
  instead: string[];
}

/** The reads whose plan the index changes, timed with it and without it. */
export async function servedReads(
  { databases }: Difference,
  { session, baseline, reads }: Workload,
): Promise<ServedRead[]> {
  const changed = await withArms(session, databases, 1, async (arms) => {
    const found: ChangedRead[] = [];
    for (const item of reads) {
      const parameters = await drawKey(arms.before[0], item.key);
      const before = await planOf(arms.before[0], { sql: item.sql, parameters });
      const after = await planOf(arms.after[0], { sql: item.sql, parameters });
      const instead = before.indexes.filter((name) => !after.indexes.includes(name));
      if (before.signature !== after.signature) found.push({ item, parameters, instead });
    }
    return found;
  });
  if (changed.length === 0) return [];
  return withArms(session, databases, SESSIONS_PER_ARM.read, async (sessions) => {
    const served: ServedRead[] = [];
    for (const { item, parameters, instead } of changed) {
      const order = orderFor(session, 'ledger', { item, baseline });
      const enough = (pairs: readonly Pair[]) => pairs.length >= READ_PAIRS;
      const timing = { order, enough, observer: session.observer };
      const { pairs } = await measureRead({ sql: item.sql, parameters }, sessions, timing);
      const times = timesOf(clientDurations(pairs), READ_PRECISION);
      if (times) served.push({ id: item.id, title: item.title, instead, ...times });
    }
    return served;
  });
}

/** Every write that keeps the index up, and every DELETE that looks for rows through it. */
async function chargedWrites(difference: Difference, workload: Workload): Promise<ChargedWrite[]> {
  const { databases, index } = difference;
  const { server, signal } = workload.session;
  const referred = await withConnection(server.url(databases.after), signal, (connection) =>
    tablesReferredTo(connection, index.name),
  );
  const items = workload.writes.filter(
    (item) => keepsUp(item, index.table) || (referred.includes(item.table) && item.operation === 'DELETE'),
  );
  return onClones(items, databases, workload, async (counted, sessions) => {
    const charged: ChargedWrite[] = [];
    for (const { write, item, supply } of counted) {
      const isTimed = isWorthTiming(item, write.counters);
      const scheduled = { item, baseline: workload.baseline };
      const times = isTimed && (await timesOfWrite(scheduled, { supply, sessions }, workload.session));
      charged.push({ ...write, ...(times && { times }) });
    }
    return charged;
  });
}

/** Every write to the indexes of a table, counted as in every account, and not timed. */
export const countedWrites = (
  databases: PerArm<string>,
  table: string,
  workload: Workload,
): Promise<ChargedWrite[]> => {
  const items = workload.writes.filter((item) => keepsUp(item, table));
  return onClones(items, databases, workload, (counted) =>
    Promise.resolve(counted.map(({ write }) => write)),
  );
};

const keepsUp = ({ operation, table }: WriteItem, indexed: string): boolean =>
  table === indexed && (operation === 'INSERT' || operation === 'UPDATE');

interface CountedWrite {
  write: ChargedWrite;
  item: WriteItem;
  supply: WriteSupply;
}

/** Counts all of them before any is timed: how often a block executes depends on the machine, and counts must not. */
async function onClones(
  items: readonly WriteItem[],
  databases: PerArm<string>,
  { session, baseline }: Workload,
  use: (counted: readonly CountedWrite[], sessions: PerArm<Sessions>) => Promise<ChargedWrite[]>,
): Promise<ChargedWrite[]> {
  if (items.length === 0) return [];
  return withClones(databases, session, SESSIONS_PER_ARM.write, async (sessions) => {
    const counted: CountedWrite[] = [];
    for (const item of items) {
      const { id, title, table, operation } = item;
      const supply = await supplyOf({ item, baseline }, sessions, session);
      const counters = await countWrites(supply, sessions, session.observer);
      counted.push({ write: { id, title, table, operation, ...(counters && { counters }) }, item, supply });
    }
    return use(counted, sessions);
  });
}

/** A write whose log hardly differs is hardly dearer; a DELETE writes nothing to an index, but reads it. */
function isWorthTiming({ operation }: WriteItem, counters: PerArm<WriteCounters> | undefined): boolean {
  if (!counters || operation === 'DELETE') return true;
  const more = counters.after.steady.records - counters.before.steady.records;
  return Math.abs(more) >= counters.after.executions * LEAST_RECORDS;
}

/** The server's own times where it tells them: what one index costs is lost in the wait for the disk. */
async function timesOfWrite(
  write: Scheduled<WriteItem>,
  copies: Copies,
  session: Session,
): Promise<Times | undefined> {
  const enough = (pairs: readonly Pair[]) => pairs.length >= WRITE_PAIRS;
  const { pairs } = await timeWrite(write, copies, session, enough);
  const times =
    timesOf(serverDurations(pairs), WRITE_PRECISION) ?? timesOf(clientDurations(pairs), WRITE_PRECISION);
  return times && asOverhead(times);
}
