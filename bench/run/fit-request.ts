import { secondaryIndexes } from '../database/indexes.ts';
import { withConnection, type Connection } from '../database/connection.ts';
import { itemFailure } from '../database/item-failure.ts';
import type { Server } from '../database/server.ts';
import { planCost } from '../measure/explain.ts';
import { drawKey } from '../measure/reads.ts';
import type { CanaryMeasurement } from '../model/measurement.ts';
import type { Warning } from '../model/outcome.ts';
import type { ReadItem } from '../model/work-item.ts';
import type { Suite } from '../suite/suite.ts';
import { canariesWith } from './chosen-items.ts';
import type { RunRequest } from './run-request.ts';
import { templateName } from './template.ts';

/**
 * Settles what only the seeded database can tell: whether the two baselines differ, and which read becomes a canary.
 *
 * @param measured canaries of the process before, when the run goes on
 */
export async function fitRequest(
  request: RunRequest,
  measured: readonly CanaryMeasurement[],
  { server, signal }: { server: Server; signal: AbortSignal },
): Promise<{ request: RunRequest; warnings: Warning[] }> {
  return withConnection(server.owner(templateName(server)), signal, async (connection) => {
    const isOneBaseline = request.baselines.length > 1 && (await secondaryIndexes(connection)).length === 0;
    const suite = await withCanaries(request.suite, measured, connection);
    return {
      request: { ...request, suite, ...(isOneBaseline && { baselines: ['shipped'] }) },
      warnings: [
        ...(isOneBaseline ? [ONE_BASELINE] : []),
        ...(suite.canaries.length === 0 ? [NO_CANARY] : []),
      ],
    };
  });
}

const ONE_BASELINE: Warning = {
  code: 'one-baseline',
  cause:
    'the schema has no secondary index that is not unique, so that bare is the same as shipped: only shipped was measured',
  remedy: 'read what is said of shipped as said of bare, too',
};

const NO_CANARY: Warning = {
  code: 'no-canary',
  cause: 'the suite has no canary: nothing tells what this run makes of two copies that are the same',
  remedy: 'leave "canaries" out of the suite to have them chosen, or name some',
};

async function withCanaries(
  suite: Suite,
  measured: readonly CanaryMeasurement[],
  connection: Connection,
): Promise<Suite & { canaries: readonly string[] }> {
  if (suite.canaries) return { ...suite, canaries: suite.canaries };
  const known = measured.filter(({ item }) => item.kind === 'read').map(({ item }) => item.id);
  const reads = known.length > 0 ? known : await canaryReads(suite.reads, connection);
  return { ...suite, canaries: canariesWith(reads, suite.writes) };
}

/**
 * The reads that the planner expects to be fastest and slowest: the first needs few pages, the other most of the memory
 * system. The first is among those with a key where one of them can be planned. Costs are the same whenever the same rows
 * are seeded. Measured times would not be, and two runs would have other canaries.
 */
export async function canaryReads(reads: readonly ReadItem[], connection: Connection): Promise<string[]> {
  const costs: { read: ReadItem; cost: number }[] = [];
  for (const read of reads) costs.push({ read, cost: await costOf(read, connection) });
  const planned = costs.filter(({ cost }) => cost < Infinity).toSorted((a, b) => a.cost - b.cost);
  const fastest = planned.find(({ read }) => read.key) ?? planned[0];
  return [...new Set([fastest, planned.at(-1)].flatMap((one) => (one ? [one.read.id] : [])))];
}

/** Infinite for a read that PostgreSQL refuses, which fails when it is measured. */
async function costOf({ sql, key }: ReadItem, connection: Connection): Promise<number> {
  try {
    return await planCost(connection, { sql, parameters: await drawKey(connection, key) });
  } catch (error) {
    if (!itemFailure(error, sql)) throw error;
    return Infinity;
  }
}
