import { withConnection } from '../database/connection.ts';
import { distribute } from '../database/distribution.ts';
import type { Server } from '../database/server.ts';
import { readSqlFile } from '../database/sql-file.ts';
import { counted } from '../format/quantity.ts';
import type { Distribution } from '../model/distribution.ts';
import type { Warning } from '../model/outcome.ts';
import type { Suite } from '../suite/suite.ts';
import type { Phases } from './phases.ts';

/** Spreads the empty tables of a database over the nodes of a cluster; nothing where one machine holds everything. */
export async function distributeTables(
  server: Server,
  database: string,
  { distribution: file }: Pick<Suite, 'distribution'>,
  phases: Phases,
  signal: AbortSignal,
): Promise<{ distribution?: Distribution }> {
  if (server.workers.length === 0) return {};
  const work = () =>
    withConnection(server.owner(database), signal, async (connection) =>
      distribute(connection, file === undefined ? undefined : await readSqlFile(file)),
    );
  return { distribution: await phases.during('distribute', work, describeDistribution) };
}

function describeDistribution({ tables, changed }: Distribution): string {
  const of = (wanted: string): number => tables.filter(({ placement }) => placement.state === wanted).length;
  const rules = changed.length === 0 ? '' : `, ${counted(changed.length, 'changed constraint')}`;
  return `${counted(of('distributed'), 'table')} distributed, ${of('reference')} on every node, ${of('local')} on the coordinator${rules}`;
}

/** Where no table is distributed, whether or not the suite has a file for it, or it was read from a cluster and is not on one. */
export function distributionWarnings(
  { distribution: file, source }: Pick<Suite, 'distribution' | 'source'>,
  made?: Distribution,
): Warning[] {
  if (!made) return source?.distributed ? [onOneMachine(source.distributed)] : [];
  const isLocal = made.tables.map(({ placement }) => placement.state === 'local');
  if (isLocal.length === 0 || isLocal.includes(false)) return [];
  const why =
    file === undefined
      ? 'the suite has no distribution'
      : 'the distribution of the suite distributes no table';
  return [
    {
      code: 'not-distributed',
      cause: `${why}: all rows of ${made.tables.map(({ table }) => table).join(', ')} stay on the coordinator`,
      remedy: "name an SQL file that calls create_distributed_table in the suite's `distribution`",
    },
  ];
}

const onOneMachine = (tables: readonly string[]): Warning => ({
  code: 'on-one-machine',
  cause: `the source is a cluster: ${tables.join(', ')} are in shards there, and whole here: plans, times and builds are those of one machine`,
  remedy: 'measure on a cluster: --on citus for "try", --target citus for "run"',
});
