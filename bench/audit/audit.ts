import { DatabaseError } from 'pg';
import type { Audit, AuditKind, AuditOutcome, AuditPart } from '../model/audit.ts';
import type { Connection } from '../database/connection.ts';
import { bloatedIndexes } from './bloated-indexes.ts';
import { invalidIndexes } from './invalid-indexes.ts';
import { redundantIndexes } from './redundant-indexes.ts';
import { unindexedForeignKeys } from './unindexed-foreign-keys.ts';
import { unusedIndexes } from './unused-indexes.ts';
import { vacuumDue } from './vacuum-due.ts';

const CHECKS: Record<AuditKind, (connection: Connection) => Promise<AuditOutcome>> = {
  'invalid indexes': invalidIndexes,
  'unindexed foreign keys': unindexedForeignKeys,
  'redundant indexes': redundantIndexes,
  'unused indexes': unusedIndexes,
  'bloated indexes': bloatedIndexes,
  'vacuum and analyze': vacuumDue,
};

/**
 * The session writes nothing, waits for no lock longer than this, and calls PostgreSQL's own functions, whatever the
 * database's schemas define.
 */
const SESSION = `
  SET default_transaction_read_only = on;
  SET lock_timeout = '2s';
  SET search_path = pg_catalog`;

/** PostgreSQL's codes for a missing right and for a lock that is not available. */
const REFUSALS = ['42501', '55P03'];

/** Checks all schemas but the system's. The session stays read-only. */
export async function auditDatabase(connection: Connection): Promise<Audit> {
  await connection.query(SESSION);
  const { rows } = await connection.query<{ database: string; version: string }>(
    `SELECT current_database() AS database, current_setting('server_version') AS version`,
  );
  const parts: AuditPart[] = [];
  for (const kind of Object.keys(CHECKS) as AuditKind[]) parts.push(await check(connection, kind));
  return { database: rows[0]?.database ?? '', serverVersion: rows[0]?.version ?? '', parts: eachOnce(parts) };
}

/** A statement that an earlier part proposes is not proposed again. */
function eachOnce(parts: readonly AuditPart[]): AuditPart[] {
  const told = new Set<string>();
  return parts.map((part) => {
    if (part.state === 'not checked') return part;
    const again = part.findings.filter(({ statement }) => told.has(statement));
    const findings = part.findings.filter(({ statement }) => !told.has(statement));
    for (const { statement } of findings) told.add(statement);
    if (again.length === 0) return part;
    const note = `Already listed under another heading: ${again.map(({ what }) => what).join(', ')}.`;
    return { ...part, findings, notes: [...part.notes, note] };
  });
}

async function check(connection: Connection, kind: AuditKind): Promise<AuditPart> {
  try {
    return { kind, ...(await CHECKS[kind](connection)) };
  } catch (error) {
    if (!(error instanceof DatabaseError) || !REFUSALS.includes(error.code ?? '')) throw error;
    return { kind, state: 'not checked', reason: `PostgreSQL refuses it: ${error.message}` };
  }
}
