import { loadModule } from 'libpg-query';
import type { Connection } from '../../database/connection.ts';
import type { SnapshotStatement } from '../../model/snapshot.ts';
import type { LeftOut } from '../../model/source.ts';
import { fakeStatement } from '../redact/fake-statement.ts';
import type { LiteralFakes } from '../redact/redaction.ts';
import { isOnTables } from '../statements/find-statements.ts';
import { findObserved } from '../statements/observed.ts';
import { withWholeLists } from '../statements/parameters/rewrite.ts';
import { readCatalog } from '../statements/read-catalog.ts';
import type { ObservedStatement } from '../statements/source-statement.ts';
import { userFunctions } from '../statements/user-functions.ts';
import { attempt } from './attempt.ts';
import { codeOfOthers, otherCodeIn } from './code-of-others.ts';
import { genericPlan } from './generic-plan.ts';

/** What is asked of pg_stat_statements. */
export interface StatementsWanted {
  major: number;
  /** Schemas in which names without one are looked up. */
  searchPath: readonly string[];
  /** What takes the place of literals; undefined where they are kept. */
  fakes: LiteralFakes | undefined;
}

export interface SnapshotStatements {
  statements: SnapshotStatement[];
  unknown: LeftOut[];
}

/** What pg_stat_statements has of a role that may not be seen. */
const HIDDEN = '<insufficient privilege>';

/** The statements on tables of the user's, each as the planner would run it. None is executed. */
export async function readStatements(
  connection: Connection,
  wanted: StatementsWanted,
  read: (done: number, total: number) => void,
): Promise<SnapshotStatements> {
  const tried = await attempt(connection, {}, () => findObserved(connection));
  const found =
    tried.state === 'done'
      ? tried.value
      : { state: 'missing' as const, reason: 'pg_stat_statements could not be read' };
  if (found.state === 'missing')
    return { statements: [], unknown: [{ object: 'statements', reason: found.reason }] };
  const shown = found.statements.filter(({ sql }) => sql !== HIDDEN);
  const hidden = found.statements.length - shown.length;
  const seen = await onTables(connection, shown, wanted);
  const code = await codeOfOthers(connection);
  const all: SnapshotStatements = { statements: [], unknown: hidden > 0 ? [UNSEEN] : [] };
  for (const [at, observed] of seen.entries()) {
    read(at, seen.length);
    const other = otherCodeIn(observed.sql, code);
    const planned = await (other === undefined
      ? genericPlan(connection, observed, wanted)
      : { state: 'refused' as const, reason: runs(other) });
    all.statements.push(statementOf(observed, planned.state === 'planned' ? planned.plan : undefined));
    if (planned.state === 'refused')
      all.unknown.push({ object: `plan of ${observed.origin}`, reason: planned.reason });
  }
  return all;
}

const runs = (code: string): string =>
  `planning it may run ${code}, which is code of another role: take the snapshot as that role`;

const UNSEEN: LeftOut = {
  object: 'statements of other roles',
  reason: 'this role may not see them: GRANT pg_read_all_stats',
};

async function onTables(
  connection: Connection,
  observed: readonly ObservedStatement[],
  { searchPath, fakes }: StatementsWanted,
): Promise<ObservedStatement[]> {
  const catalog = await readCatalog(connection, searchPath);
  await loadModule();
  const functions = await userFunctions(connection);
  return observed
    .filter(({ sql }) => isOnTables(sql, catalog, functions))
    .map((one) => (fakes ? fakeStatement(one, catalog, fakes) : { ...one, sql: withWholeLists(one.sql) }));
}

const statementOf = (
  { sql, calls, totalMs, rows = 0, walBytes, countedHours, origin }: ObservedStatement,
  plan: SnapshotStatement['plan'],
): SnapshotStatement => ({
  ...{ sql, calls, totalMs, rows, origin },
  ...(walBytes !== undefined && { walBytes }),
  ...(countedHours !== undefined && { countedHours }),
  ...(plan && { plan }),
});
