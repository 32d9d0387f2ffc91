import { pipeline } from 'node:stream/promises';
import { DatabaseError, escapeIdentifier } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Connection } from '../../database/connection.ts';
import type { LeftOut } from '../../model/source.ts';
import type { DumpStatement } from './dump-statements.ts';
import { insertBatches } from './insert-batches.ts';
import { restoreError, type ShownDump } from './restore-error.ts';
import { askCatalog } from '../../database/ask-catalog.ts';
import { isUserSchema, relationTextOf } from '../../database/relations.ts';
import { quotedRelation } from '../../model/relation.ts';
import { NOWHERE, READING_ELSEWHERE } from '../schema/left-out.ts';
import { isServer, leftOutBy, unreachableServer } from './out-of-reach.ts';
import { isHarmless, leavesUntouched, roleFor, type StatementRole } from './statement-role.ts';

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
 * @param dump for messages
 * @returns what is left out: the extensions that the server does not have, and what acts for a superuser or reaches beyond
 *   the database
 * @throws RunError with the first statement that fails, where it stands, and the extensions that are missing
 */
export async function restoreDump(
  statements: AsyncIterable<DumpStatement>,
  sessions: RestoringSessions,
  dump: ShownDump,
): Promise<LeftOut[]> {
  const restoration = new Restoration(sessions, dump);
  for await (const batch of insertBatches(statements)) {
    if (await wentAsOne(batch, sessions)) continue;
    for (const statement of batch) await restoration.take(statement);
  }
  await gatherStatistics(sessions.superuser);
  return restoration.leftOut;
}

/** Of every table that is here as a whole: ANALYZE reads foreign tables, too. */
const ANALYSED = `
  SELECT ${relationTextOf('n', 'c')} AS name FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  WHERE c.relkind IN ('r', 'm', 'p') AND c.oid NOT IN (${READING_ELSEWHERE})`;

async function gatherStatistics(superuser: Connection): Promise<void> {
  for (const { name } of await askCatalog<{ name: string }>(superuser, ANALYSED))
    await superuser.query(`ANALYZE ${quotedRelation(name)}`);
}

/** A dump that is being restored, statement by statement. */
class Restoration {
  readonly #sessions: RestoringSessions;
  readonly #dump: ShownDump;
  readonly #omitted: LeftOut[] = [];
  readonly #missing: string[] = [];
  #isUntouched = true;
  #hasNowhere = false;

  constructor(sessions: RestoringSessions, dump: ShownDump) {
    this.#sessions = sessions;
    this.#dump = dump;
  }

  get leftOut(): LeftOut[] {
    const missing = this.#missing.map((name) => ({
      object: `extension ${name}`,
      reason: 'no server here has it',
    }));
    return [...this.#omitted, ...missing];
  }

  async take(statement: DumpStatement): Promise<void> {
    const omitted = leftOutBy(statement.sql);
    if (omitted) {
      this.#omitted.push(omitted);
      return;
    }
    if (isServer(statement.sql)) await this.#makeNowhere();
    const role = roleFor(statement.sql, this.#isUntouched);
    this.#isUntouched &&= leavesUntouched(statement.sql);
    const extension = await carryOut(statement, role, this.#sessions).catch((cause: unknown) => {
      throw restoreError({ ...this.#dump, statement, missing: this.#missing }, cause);
    });
    if (extension !== undefined) this.#missing.push(extension);
  }

  async #makeNowhere(): Promise<void> {
    if (this.#hasNowhere) return;
    this.#hasNowhere = true;
    await this.#sessions.superuser.query(
      `CREATE FOREIGN DATA WRAPPER ${NOWHERE}; GRANT USAGE ON FOREIGN DATA WRAPPER ${NOWHERE} TO PUBLIC`,
    );
  }
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
async function carryOut(
  statement: DumpStatement,
  role: StatementRole,
  sessions: RestoringSessions,
): Promise<string | undefined> {
  const { sql } = statement;
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

/** The extended protocol accepts one statement only, whatever the dump has made of its quotes. */
async function execute(
  { sql, rows }: DumpStatement,
  connection: Connection,
  signal: AbortSignal,
): Promise<void> {
  const query = { text: unreachableServer(sql), queryMode: 'extended' };
  if (rows) await pipeline(rows, connection.query(copyFrom(sql)), { signal });
  else await connection.query(query);
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
