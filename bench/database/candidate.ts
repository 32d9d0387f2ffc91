import { shortened } from '../format/plain-text.ts';
import { RunError } from '../model/errors.ts';
import type { AppliedStatement } from '../model/candidate.ts';
import type { NodeBuild } from '../model/cluster.ts';
import type { Connection } from './connection.ts';
import { listIndexes, type CatalogIndex } from './indexes.ts';
import { applySqlFile } from './migrate.ts';
import { observe, type Observation } from './observed-statement.ts';
import type { SqlFile, SqlStatement } from './sql-file.ts';
import { rewrittenTables, tableFiles, type TableFiles } from './table-changes.ts';

/** An index that the candidate created, and its build time. */
export interface BuiltIndex extends CatalogIndex {
  buildMs: number;
  /** On a cluster, of the nodes that tell. */
  nodes?: readonly NodeBuild[];
}

/** What a candidate did to a database. */
export interface AppliedCandidate {
  built: readonly BuiltIndex[];
  dropped: readonly CatalogIndex[];
  statements: readonly AppliedStatement[];
}

/**
 * Applies the candidate's migration. Whatever index the catalog holds after a statement and did not hold before was
 * built by it. The statement need not name the index, nor be a CREATE INDEX.
 *
 * @param watcher another session in the same database, to see the locks of statements that run outside of a transaction
 * @throws RunError, also with the names of the indexes that CREATE INDEX CONCURRENTLY has left INVALID
 */
export async function applyCandidate(
  connection: Connection,
  up: SqlFile,
  watcher?: Connection,
): Promise<AppliedCandidate> {
  const statements: AppliedStatement[] = [];
  const built: BuiltIndex[] = [];
  const first = await look(connection);
  let last = first;
  const apply = applySqlFile(connection, up, async (statement, execute) => {
    const observation = await observe(statement, { connection, watcher }, execute);
    const now = await look(connection);
    const buildMs = observation.durationMs;
    built.push(...without(now.indexes, last.indexes).map((index) => ({ ...index, buildMs })));
    statements.push(describe(statement, observation, last, now));
    last = now;
  });
  await apply.catch(async (error: unknown) => {
    throw error instanceof RunError ? await namingInvalid(error, first.indexes, connection) : error;
  });
  return {
    built: asTheyStand(built, await listIndexes(connection)),
    dropped: without(first.indexes, last.indexes),
    statements,
  };
}

/** Of those that a later statement has not dropped. What shards have of them is known once the transaction has ended. */
const asTheyStand = (built: readonly BuiltIndex[], standing: readonly CatalogIndex[]): BuiltIndex[] =>
  built.flatMap(({ name, buildMs }) =>
    standing.filter((index) => index.name === name).map((index) => ({ ...index, buildMs })),
  );

/** The schema between two statements. */
interface Look {
  indexes: readonly CatalogIndex[];
  files: TableFiles;
}

const look = async (connection: Connection): Promise<Look> => ({
  indexes: await listIndexes(connection),
  files: await tableFiles(connection),
});

/** A statement may have rows in it. */
const MOST_CHARACTERS = 300;

/** Locks on tables that were there before: nobody waits for a table that the migration makes. */
function describe(
  { text }: SqlStatement,
  observation: Observation,
  before: Look,
  after: Look,
): AppliedStatement {
  const wasThere = new Set([...before.files.values()].map(({ table }) => table));
  return {
    sql: shortened(text.replace(/\s+/g, ' '), MOST_CHARACTERS),
    ...observation,
    locks: observation.locks.filter(({ table }) => wasThere.has(table)),
    rewritten: rewrittenTables(before.files, after.files),
  };
}

const without = (
  indexes: readonly CatalogIndex[],
  others: readonly CatalogIndex[],
): readonly CatalogIndex[] => indexes.filter(({ name }) => !others.some((other) => other.name === name));

async function namingInvalid(
  error: RunError,
  known: readonly CatalogIndex[],
  connection: Connection,
): Promise<RunError> {
  const left = without(await listIndexes(connection), known).filter(({ valid }) => !valid);
  if (left.length === 0) return error;
  const { message, detail, remedy, cause } = error;
  const names = left.map(({ name }) => name).join(', ');
  return new RunError(message, {
    detail: [detail, `  It leaves ${names} INVALID: writes maintain it, and no read uses it.`].join('\n'),
    ...(remedy !== undefined && { remedy }),
    cause,
  });
}
