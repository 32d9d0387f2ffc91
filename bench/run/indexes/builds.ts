import { copyText } from '../../../seed/copy-stream.ts';
import { withConnections, type Connection } from '../../database/connection.ts';
import { withClone } from '../../database/databases.ts';
import { databaseName } from '../../database/server.ts';
import { buildBothWays, leaveInvalid, type BuildSessions } from '../../measure/index-build.ts';
import { listTargets, writeSupply } from '../../measure/write-supply.ts';
import type { Builds, InterruptedBuild } from '../../model/ledger.ts';
import type { WriteItem } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import type { ItemSite } from '../sites.ts';

export interface CandidateBuilds {
  byIndex: ReadonlyMap<string, Builds>;
  leftover: InterruptedBuild | undefined;
}

/**
 * Builds each index of the candidate on a copy of `before`, while another session inserts into its table. Builder and
 * writer are confined to no core: on one core they would wait for each other for that reason alone.
 */
export async function buildUnderLoad(
  { baseline, databases, built }: BaselineArms,
  writes: readonly WriteItem[],
  site: ItemSite,
): Promise<CandidateBuilds> {
  const { server, signal } = site;
  const name = databaseName(server, `${baseline}_builds`);
  return withClone(site, databases.before, name, (clone) =>
    withConnections(
      server.owner(clone),
      3,
      signal,
      async ([builder, watcher = builder, writer = builder]) => {
        const tables = [...new Set(built.map(({ table }) => table))];
        const byTable = new Map<string, BuildSessions>();
        for (const table of tables)
          byTable.set(table, { builder, watcher, write: await writerFor(table, writes, writer, site) });
        const sessionsFor = (table: string): BuildSessions =>
          byTable.get(table) ?? { builder, watcher, write: undefined };
        const byIndex = new Map<string, Builds>();
        for (const index of built)
          byIndex.set(index.name, await buildBothWays(index, sessionsFor(index.table)));
        const first = built.find(({ partitioned }) => !partitioned);
        const leftover = first && (await leaveInvalid(first, sessionsFor(first.table)));
        return { byIndex, leftover };
      },
    ),
  );
}

/** An INSERT into the table, if the suite has one, with other values each time. */
async function writerFor(
  table: string,
  writes: readonly WriteItem[],
  session: Connection,
  { randomFor, rowsOf }: ItemSite,
): Promise<BuildSessions['write']> {
  const item = writes.find((write) => write.operation === 'INSERT' && write.table === table);
  if (!item) return undefined;
  const context = { random: randomFor(`builds ${table}`), rowsOf, sendCopy: copyText };
  const supply = writeSupply(item, await listTargets(session, item), context);
  return () => supply.executeEach(session, supply.take(1))();
}
