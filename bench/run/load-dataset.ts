import { availableParallelism } from 'node:os';
import { loadError, loadTables, type LoadOptions } from '../../seed/load.ts';
import type { Connection } from '../database/connection.ts';
import type { Site } from '../database/server.ts';
import { setAside, takesAnyOrder, type SetAside } from '../database/set-aside.ts';
import type { TableSource } from '../model/dataset.ts';
import { canonicalRelation } from '../model/relation.ts';
import type { Dataset } from '../model/result.ts';
import { withRowMaker } from './row-maker.ts';
import type { DatasetRequest } from './run-request.ts';
import { withSessionsBeside } from './sessions-beside.ts';

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
