import { pipeline } from 'node:stream/promises';
import { DatabaseError, escapeIdentifier } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Connection } from '../../database/connection.ts';
import type { LeftOut } from '../../model/source.ts';
import type { DumpStatement } from './dump-statements.ts';
import { insertBatches } from './insert-batches.ts';
import { restoreError } from './restore-error.ts';
import { isHarmless, roleFor } from './statement-role.ts';

/** Sessions with an empty database on a server of ours. */
export interface RestoringSessions {
  /** What ends them. */
  signal: AbortSignal;
  /** What a dump says is done with the rights of its owner. */
  owner: Connection;
  superuser: Connection;
}

/**
 * Carries out the statements of a dump, and gathers statistics.
 *
 * @param path of the dump, for messages
 * @returns the extensions that the server does not have
 * @throws RunError with the first statement that fails, where it stands, and the extensions that are missing
 */
export async function restoreDump(
  statements: AsyncIterable<DumpStatement>,
  sessions: RestoringSessions,
  path: string,
): Promise<LeftOut[]> {
  const missing: string[] = [];
  for await (const batch of insertBatches(statements)) {
    if (await wentAsOne(batch, sessions)) continue;
    for (const statement of batch) {
      const extension = await carryOut(statement, sessions).catch((cause: unknown) => {
        throw restoreError({ path, statement, missing }, cause);
      });
      if (extension !== undefined) missing.push(extension);
    }
  }
  await sessions.superuser.query('ANALYZE');
  return missing.map((name) => ({ object: `extension ${name}`, reason: 'no server here has it' }));
}

/** Several statements that are sent at once are one transaction: of a failed one nothing remains. */
async function wentAsOne(batch: readonly DumpStatement[], { owner }: RestoringSessions): Promise<boolean> {
  if (batch.length === 1) return false;
  try {
    await owner.query(batch.map(({ sql }) => sql).join('\n'));
    return true;
  } catch (error) {
    if (error instanceof DatabaseError) return false;
    throw error;
  }
}

/** @returns the extension that the server does not have */
async function carryOut(statement: DumpStatement, sessions: RestoringSessions): Promise<string | undefined> {
  const { sql } = statement;
  const role = roleFor(sql);
  if (role === 'nobody') return undefined;
  try {
    await execute(statement, sessions[role], sessions.signal);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const extension = EXTENSION_LACKING.map((words) => words.exec(error.message)?.[1]).find(Boolean);
    if (extension !== undefined) return extension;
    if (!isHarmless(sql, error.code)) await executeWithRole(statement, sessions, error);
  }
  return undefined;
}

async function execute(
  { sql, rows }: DumpStatement,
  connection: Connection,
  signal: AbortSignal,
): Promise<void> {
  if (rows) await pipeline(rows, connection.query(copyFrom(sql)), { signal });
  else await connection.query(sql);
}

/** PostgreSQL's words, since 15 and until 14. */
const EXTENSION_LACKING = [
  /^extension "(.+)" is not available/,
  /^could not open extension control file ".*\/(.+)\.control"/,
];

/** PostgreSQL's words. */
const NO_ROLE = /^role "(.+)" does not exist$/;

/** A policy names roles. They are made, and may do nothing. */
async function executeWithRole(
  statement: DumpStatement,
  sessions: RestoringSessions,
  error: DatabaseError,
): Promise<void> {
  const [, role] = NO_ROLE.exec(error.message) ?? [];
  if (role === undefined || statement.rows) throw error;
  await sessions.superuser.query(`CREATE ROLE ${escapeIdentifier(role)}`);
  await execute(statement, sessions.owner, sessions.signal).catch((again: unknown) => {
    if (!(again instanceof DatabaseError)) throw again;
    return executeWithRole(statement, sessions, again);
  });
}
