import { availableParallelism } from 'node:os';
import { loadError, loadTables, type LoadOptions } from '../../seed/load.ts';
import { withSessions, type Connection } from '../database/connection.ts';
import { SESSIONS_BESIDE_ARMS, type Server, type Site } from '../database/server.ts';
import { setAside, takesAnyOrder, type SetAside } from '../database/set-aside.ts';
import type { TableSource } from '../model/dataset.ts';
import { canonicalRelation } from '../model/relation.ts';
import type { Dataset } from '../model/result.ts';
import { withRowMaker } from './row-maker.ts';
import type { DatasetRequest } from './run-request.ts';

/**
 * Fills the suite's tables by COPY: in several sessions at once, where no order of the tables is necessary. Foreign keys, and
 * indexes that check nothing, are taken off before and put back after it.
 *
 * @param connection to the database with the empty tables
 */
export async function loadDataset(
  site: Site,
  connection: Connection,
  request: DatasetRequest,
): Promise<Dataset> {
  const { suite, scale, seed, threads = Math.max(1, availableParallelism() - 1) } = request;
  const { tables } = suite.dataset;
  const names = tables.map(nameOf);
  return withRowMaker(request, threads, async (makeChunk) => {
    const { indexes, foreignKeys } = await setAside(connection, names);
    const finish: LoadOptions['finish'] = (session, table) =>
      putBack(
        (sql) => session.query(sql),
        indexes.filter((aside) => aside.table === nameOf(table)),
      );
    const sessionCount = (await takesAnyOrder(connection, names)) ? threads + 1 : 1;
    const options = { tables, scale, seed, signal: site.signal, makeChunk, finish };
    const { loads, raised } = await withSessionsBeside(site, connection, sessionCount, (sessions) =>
      loadTables(sessions, options),
    );
    await putBack((sql) => connection.query(sql), foreignKeys);
    return { tables: loads, raised };
  });
}

const nameOf = ({ name }: TableSource): string => canonicalRelation(name);

async function putBack(
  execute: (sql: string) => Promise<unknown>,
  asides: readonly SetAside[],
): Promise<void> {
  for (const { table, putBack: sql } of asides) {
    await execute(sql).catch((cause: unknown) => {
      throw loadError(table, cause as Error);
    });
  }
}

/** Runs `use` with so many sessions, this one among them, or as many as the server has. */
function withSessionsBeside<T>(
  { server, signal }: Site,
  connection: Connection,
  wanted: number,
  use: (sessions: readonly Connection[]) => Promise<T>,
): Promise<T> {
  const login = server.owner(connection.database ?? '');
  const most = Math.min(wanted, mostSessions(server)) - 1;
  const choices = Array.from({ length: most + 1 }, (_, fewer) =>
    Array.from({ length: most - fewer }, () => login),
  );
  return withSessions(choices, signal, (others) => use([connection, ...others]));
}

const mostSessions = ({ maxSessions }: Server): number => Math.max(1, maxSessions - SESSIONS_BESIDE_ARMS);
