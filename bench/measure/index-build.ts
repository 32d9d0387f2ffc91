import { performance } from 'node:perf_hooks';
import { DatabaseError } from 'pg';
import type { Connection } from '../database/connection.ts';
import { askCatalog } from '../database/ask-catalog.ts';
import { dropIndex, listIndexes } from '../database/indexes.ts';
import { most } from '../model/extent.ts';
import type { Builds, IndexBuild, InterruptedBuild } from '../model/ledger.ts';
import { quotedRelation } from '../model/relation.ts';

/** Sessions on one database, for building indexes alone. */
export interface BuildSessions {
  builder: Connection;
  watcher: Connection;
  /** Writes to the table once, in its own session; undefined where no write is known. */
  write: (() => Promise<unknown>) | undefined;
}

/** An index as the catalog defines it. */
export interface IndexDefinition {
  name: string;
  table: string;
  /** As `pg_get_indexdef` prints it. */
  definition: string;
  partitioned: boolean;
}

/** Builds an index plainly and, where PostgreSQL can, concurrently, each time under writes, and drops it again. */
export async function buildBothWays(index: IndexDefinition, sessions: BuildSessions): Promise<Builds> {
  const plain = await build(index, index.definition, sessions);
  if (index.partitioned) return { plain };
  return { plain, concurrently: await build(index, concurrently(index.definition), sessions) };
}

const concurrently = (definition: string): string =>
  definition.replace(/^CREATE (UNIQUE )?INDEX /, 'CREATE $1INDEX CONCURRENTLY ');

/** Writes before the build: the usual duration of a write. */
const USUAL_WRITES = 21;

async function build(
  index: IndexDefinition,
  statement: string,
  sessions: BuildSessions,
): Promise<IndexBuild> {
  const usual = sessions.write && (await writeWhile(sessions.write, (written) => written < USUAL_WRITES));
  const lockSeen = await watchLocks(sessions, index.table);
  const start = performance.now();
  let buildMs: number | undefined;
  const built = sessions.builder.query(statement).then(() => (buildMs = performance.now() - start));
  const isBuilding = (): boolean => buildMs === undefined;
  const [lock, written] = await Promise.all([
    lockSeen(isBuilding),
    sessions.write && writeWhile(sessions.write, isBuilding),
    built,
  ]);
  const found = (await listIndexes(sessions.watcher)).find(({ name }) => name === index.name);
  await sessions.builder.query(dropIndex(index.name));
  return {
    buildMs: buildMs ?? NaN,
    ...(lock !== undefined && { lock }),
    ...(written && { longestWriteMs: most(written) }),
    ...(usual && { usualWriteMs: usual.toSorted((a, b) => a - b)[Math.floor(USUAL_WRITES / 2)] ?? NaN }),
    isValid: found?.valid ?? false,
  };
}

/** Durations of at least one write, one after another. A write that waits for a lock takes as long as it waits. */
async function writeWhile(
  write: () => Promise<unknown>,
  goesOn: (written: number) => boolean,
): Promise<number[]> {
  const durations: number[] = [];
  do {
    const start = performance.now();
    await write();
    durations.push(performance.now() - start);
  } while (goesOn(durations.length));
  return durations;
}

const LOCK = `
  SELECT mode FROM pg_locks
  WHERE pid = $1 AND relation = $2::regclass AND granted AND mode NOT IN ('AccessShareLock', 'RowExclusiveLock')`;

/** Reads the builder's lock on the table, repeatedly while it builds. */
async function watchLocks(
  { builder, watcher }: BuildSessions,
  table: string,
): Promise<(isBuilding: () => boolean) => Promise<string | undefined>> {
  const { rows } = await builder.query<{ pid: string }>('SELECT pg_catalog.pg_backend_pid() AS pid');
  const values = [rows[0]?.pid, quotedRelation(table)];
  return async (isBuilding) => {
    do {
      const locks = await askCatalog<{ mode: string }>(watcher, LOCK, values);
      if (locks[0]) return locks[0].mode;
    } while (isBuilding());
    return undefined;
  };
}

const INTERRUPT_AFTER = '300ms';

/**
 * Interrupts CREATE INDEX CONCURRENTLY while it waits for a transaction that wrote to the table. What remains is an
 * INVALID index of that name, which every write maintains (PostgreSQL manual, CREATE INDEX).
 */
export async function leaveInvalid(
  index: IndexDefinition,
  sessions: BuildSessions,
): Promise<InterruptedBuild | undefined> {
  const { builder, watcher } = sessions;
  await watcher.query('BEGIN');
  await watcher.query(`LOCK TABLE ${quotedRelation(index.table)} IN ROW EXCLUSIVE MODE`);
  await builder.query(`SET statement_timeout = '${INTERRUPT_AFTER}'`);
  const error = await builder.query(concurrently(index.definition)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  await builder.query('RESET statement_timeout');
  await watcher.query('ROLLBACK');
  if (error instanceof Error && !(error instanceof DatabaseError)) throw error;
  const leftover = (await listIndexes(watcher)).find(({ name }) => name === index.name);
  await builder.query(`DROP INDEX IF EXISTS ${quotedRelation(index.name)}`);
  if (!leftover || !(error instanceof DatabaseError)) return undefined;
  return { name: index.name, error: error.message, isValid: leftover.valid, bytes: leftover.bytes };
}
