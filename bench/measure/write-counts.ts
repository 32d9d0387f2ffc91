import { checkpoint } from '../database/checkpoint.ts';
import { askAllNodes, askEachNode } from '../database/cluster/each-node.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import { ownBytes, type WriteCounters } from '../model/counters.ts';
import type { WriteOperation } from '../model/work-item.ts';
import { sessionsOf, type Observer, type Observers } from './observer.ts';
import { countPendingLists } from './pending-lists.ts';
import type { ArmSessions } from './sessions.ts';
import { watchTable, type TableActivity } from './table-activity.ts';
import { watchLog, type LogTraffic } from './wal.ts';
import type { ParameterList, WriteSupply } from './write-supply.ts';
import type { Connection } from '../database/connection.ts';

/** Counted executions of each regime: the same number on every machine, so that counts repeat. */
const COUNTED: Record<WriteOperation, number> = { INSERT: 100, UPDATE: 100, DELETE: 5, COPY: 1 };

/** The share of the rows to delete for each regime; the rest is for timing. */
const COUNTED_SHARE = 0.1;

/**
 * Counts the effects of a write on both arms, with the same executions: first right after a checkpoint, when the
 * first change of every page logs a full-page image, then in the steady regime. What that leaves in pending lists of GIN
 * indexes is counted last. Needs fresh copies that nothing else has written to.
 *
 * @returns nothing where the server does not count a statement's WAL, or too few rows to delete are left
 */
export async function countWrites(
  supply: WriteSupply,
  sessions: PerArm<ArmSessions>,
  observers: Observers,
): Promise<PerArm<WriteCounters> | undefined> {
  if (!observers.before.readsStatementTimes || !observers.after.readsStatementTimes) return undefined;
  const wanted = Math.min(COUNTED[supply.item.operation], Math.floor(supply.remaining() * COUNTED_SHARE));
  if (wanted === 0) return undefined;
  const first = supply.take(wanted);
  const second = supply.take(wanted);
  for (const session of sessionsOf(observers)) {
    await passCommitLogPage(session, 2 * (first.length + second.length) + WATCHED);
    await checkpoint(session);
  }
  const count = (arm: Arm) => countArm(supply, sessions[arm], { first, second }, observers[arm]);
  return { before: await count('before'), after: await count('after') };
}

interface Regimes {
  first: readonly ParameterList[];
  second: readonly ParameterList[];
}

async function countArm(
  supply: WriteSupply,
  [session]: ArmSessions,
  { first, second }: Regimes,
  observer: Observer,
): Promise<WriteCounters> {
  const carryOut = async (lists: readonly ParameterList[]) => {
    const traffic = await watchLog(observer, session);
    const execute = supply.executeEach(session, lists);
    for (let remaining = lists.length; remaining > 0; remaining--) await execute();
    return traffic();
  };
  const activityOf = await watchTable(session, supply.item.table);
  const postCheckpoint = await carryOut(first);
  const steady = await carryOut(second);
  const { updates, nodes, ...activity } = await activityOf();
  const pendingLists = await countPendingLists(observer, session);
  return {
    executions: second.length,
    postCheckpoint: postCheckpoint.wal,
    steady: steady.wal,
    buffersDirtied: steady.buffersDirtied,
    perIndex: steady.perIndex,
    ...activity,
    pendingLists,
    ...((supply.item.operation === 'UPDATE' || updates.updates > 0) && { updates }),
    ...onNodes(steady, nodes),
  };
}

/** Nothing where one server holds everything. */
function onNodes(
  { nodes, shards }: LogTraffic,
  updates: TableActivity['nodes'],
): Pick<WriteCounters, 'nodes' | 'shards'> {
  const counted = nodes.flatMap(({ node, wal, buffersDirtied, serverMs }) => {
    if (node === undefined) return [];
    const { updates: all = 0, hotUpdates = 0 } = updates.find((own) => own.node === node) ?? {};
    const log = { walRecords: wal.records, walBytes: ownBytes(wal), fullPageImages: wal.fullPageImages };
    return [{ node, ...log, buffersDirtied, updates: all, hotUpdates, serverMs }];
  });
  return { ...(counted.length > 0 && { nodes: counted }), ...(shards && { shards }) };
}

/** Transactions of the observer: one for each regime of each arm. */
const WATCHED = 4;

/** Transactions in a page of the commit log: two bits each, in 8 kB (CLOG_XACTS_PER_PAGE in PostgreSQL). */
const TRANSACTIONS_PER_PAGE = 32_768;

/**
 * Begins the next page of the commit log now, on every node where this many transactions would reach it. The transaction that
 * begins a page logs a WAL record for it, which would count as one of the measured statement.
 */
async function passCommitLogPage(connection: Connection, transactions: number): Promise<void> {
  for (;;) {
    const remaining = (await transactionsBeforeNextPage(connection)).filter((few) => few < transactions);
    if (remaining.length === 0) return;
    for (let passed = 0; passed <= Math.max(...remaining); passed++)
      await askEachNode(connection, 'SELECT pg_current_xact_id()');
  }
}

/** Of each node. */
async function transactionsBeforeNextPage(connection: Connection): Promise<number[]> {
  const rows = await askAllNodes<{ next: string }>(
    connection,
    'SELECT pg_snapshot_xmax(pg_current_snapshot()) AS next',
  );
  return rows.map(({ next }) => {
    const used = Number(next) % TRANSACTIONS_PER_PAGE;
    return used === 0 ? 0 : TRANSACTIONS_PER_PAGE - used;
  });
}
