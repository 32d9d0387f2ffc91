import { copyText } from '../../../seed/copy-stream.ts';
import { withConnections, type Connection } from '../../database/connection.ts';
import { withClone } from '../../database/databases.ts';
import { databaseName } from '../../database/server.ts';
import { buildBothWays, leaveInvalid, type BuildSite } from '../../measure/index-build.ts';
import { listTargets, writeSupply } from '../../measure/write-supply.ts';
import type { Builds, Leftover } from '../../model/ledger.ts';
import type { WriteItem } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import type { Session } from '../session.ts';

export interface CandidateBuilds {
  byIndex: ReadonlyMap<string, Builds>;
  leftover: Leftover | undefined;
}

type Context = Pick<Session, 'server' | 'signal' | 'randomFor' | 'rowsOf'>;

/**
 * Builds each index of the candidate on a copy of `before`, while another session inserts into its table. Nothing is
 * confined to one core meanwhile: builder and writer would stand in each other's way for that alone.
 */
export async function buildUnderLoad(
  { baseline, databases, built }: BaselineArms,
  writes: readonly WriteItem[],
  context: Context,
): Promise<CandidateBuilds> {
  const { server, signal } = context;
  const name = databaseName(server, `${baseline}_builds`);
  return withClone(context, databases.before, name, (clone) =>
    withConnections(
      server.owner(clone),
      3,
      signal,
      async ([builder, watcher = builder, writer = builder]) => {
        const tables = [...new Set(built.map(({ table }) => table))];
        const sites = new Map<string, BuildSite>();
        for (const table of tables)
          sites.set(table, { builder, watcher, write: await writerFor(table, writes, writer, context) });
        const siteOf = (table: string): BuildSite =>
          sites.get(table) ?? { builder, watcher, write: undefined };
        const byIndex = new Map<string, Builds>();
        for (const index of built) byIndex.set(index.name, await buildBothWays(index, siteOf(index.table)));
        const [first] = built;
        const leftover = first && (await leaveInvalid(first, siteOf(first.table)));
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
  { randomFor, rowsOf }: Context,
): Promise<BuildSite['write']> {
  const item = writes.find((write) => write.operation === 'INSERT' && write.table === table);
  if (!item) return undefined;
  const context = { random: randomFor(`builds ${table}`), rowsOf, sendCopy: copyText };
  const supply = writeSupply(item, await listTargets(session, item), context);
  return () => supply.executeEach(session, supply.take(1))();
}
