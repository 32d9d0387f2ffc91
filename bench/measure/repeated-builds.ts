import { performance } from 'node:perf_hooks';
import { DatabaseError } from 'pg';
import { askCatalog } from '../database/ask-catalog.ts';
import type { Connection } from '../database/connection.ts';
import { dropIndex } from '../database/indexes.ts';
import type { IndexDefinition } from './index-build.ts';

/** One build: its duration, and how far the server's WAL went meanwhile. */
export interface TimedBuild {
  buildMs: number;
  walBytes: number;
}

const MOST_BUILDS = 5;

/** A short build varies more, and takes less: it is repeated until so much time has been spent. */
const ENOUGH_MS = 3_000;

/** The two shortest builds agree when they differ by no more than this: nothing has disturbed them. */
const AGREEMENT = 1.1;

/**
 * Drops an index that is there, and builds it again and again until builds agree. It is there afterwards. The pages of its
 * table have been read by whoever has built it before.
 *
 * @returns nothing for an index that belongs to a constraint: PostgreSQL drops these together
 */
export async function rebuild(connection: Connection, index: IndexDefinition): Promise<TimedBuild[]> {
  const builds: TimedBuild[] = [];
  while (builds.length < MOST_BUILDS && !areEnough(builds)) {
    if (!(await isDropped(connection, index.name))) return [];
    builds.push(await timedBuild(connection, index.definition));
  }
  return builds;
}

function areEnough(builds: readonly TimedBuild[]): boolean {
  const [first = NaN, second = NaN] = builds.map(({ buildMs }) => buildMs).toSorted((a, b) => a - b);
  return builds.length * first >= ENOUGH_MS && second <= AGREEMENT * first;
}

const DEPENDENT_OBJECTS = '2BP01';

const isDropped = (connection: Connection, index: string): Promise<boolean> =>
  connection.query(dropIndex(index)).then(
    () => true,
    (error: unknown) => {
      if (error instanceof DatabaseError && error.code === DEPENDENT_OBJECTS) return false;
      throw error;
    },
  );

async function timedBuild(connection: Connection, definition: string): Promise<TimedBuild> {
  const from = await logPosition(connection);
  const start = performance.now();
  await connection.query(definition);
  const buildMs = performance.now() - start;
  return { buildMs, walBytes: (await logPosition(connection)) - from };
}

/** In bytes since the server was made. */
async function logPosition(connection: Connection): Promise<number> {
  const [row] = await askCatalog<{ bytes: string }>(
    connection,
    "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS bytes",
  );
  return Number(row?.bytes);
}
