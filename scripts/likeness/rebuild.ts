import { ageByShares } from '../../bench/database/age.ts';
import { withConnection, type Connection } from '../../bench/database/connection.ts';
import type { Server } from '../../bench/database/server.ts';
import type { Snapshot, SnapshotStatement } from '../../bench/model/snapshot.ts';
import { withSource, type Source } from '../../bench/source/open-source.ts';
import { genericPlan } from '../../bench/source/snapshot/generic-plan.ts';
import { fromStatistics } from '../../seed/from-statistics/from-statistics.ts';
import { loadTables } from '../../seed/load.ts';
import { sourceOf, snapshotOf } from '../../tests/fixtures/snapshot-of.ts';
import { SEED, type Original } from './original.ts';

const { signal } = new AbortController();

/** What is known of an original now, with all its statements. */
export const describe = ({ use, statements }: Pick<Original, 'use' | 'statements'>): Promise<Snapshot> =>
  use(async (owner) => {
    const snapshot = await snapshotOf(owner);
    const planned = await withSource(sourceOf(owner), signal, (source) => plansOf(source, statements));
    return { ...snapshot, statements: [...snapshot.statements, ...planned] };
  });

async function plansOf(
  { connection, major }: Source,
  statements: Original['statements'],
): Promise<SnapshotStatement[]> {
  const planned: SnapshotStatement[] = [];
  for (const { sql, origin } of statements) {
    const found = await genericPlan(connection, { sql }, { major, searchPath: ['public'] });
    const plan = found.state === 'planned' && { plan: found.plan };
    planned.push({ sql, origin, calls: 1, totalMs: 0, rows: 0, ...plan });
  }
  return planned;
}

/** Makes a database of a snapshot, as a run makes its template, and runs `use` in it. */
export async function inRebuilt<T>(
  server: Server,
  name: string,
  snapshot: Snapshot,
  use: (owner: Connection) => Promise<T>,
): Promise<T> {
  await server.administer((admin) => admin.query(`CREATE DATABASE ${name}`));
  return withConnection(server.admin(name), signal, async (owner) => {
    await owner.query(snapshot.schema.beforeRows);
    const tables = fromStatistics(snapshot);
    const start = performance.now();
    const { loads } = await loadTables([owner], { tables, scale: 1, seed: SEED, signal });
    const seconds = (performance.now() - start) / 1000;
    const rows = loads.reduce((sum, load) => sum + load.rows, 0);
    console.log(`${rows} rows loaded in ${seconds.toFixed(1)} s`);
    await owner.query(snapshot.schema.afterRows);
    await ageByShares(owner, tables);
    await owner.query('VACUUM ANALYZE');
    return use(owner);
  });
}
