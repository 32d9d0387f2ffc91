import { afterEach, beforeEach } from 'vitest';
import type { AuditFinding, AuditKind, AuditPart } from '../model/audit.ts';
import { withConnection, type Connection } from '../database/connection.ts';
import { freshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { auditDatabase } from './audit.ts';

const never = new AbortController().signal;

let database: Awaited<ReturnType<typeof freshDatabase>>;

/** Gives every test of a file an empty database; the functions below use it. */
export function useFreshDatabase(): void {
  beforeEach(async () => (database = await freshDatabase()));
  afterEach(() => database.drop());
}

export const inDatabase = <T>(use: (connection: Connection) => Promise<T>): Promise<T> =>
  withConnection(database.login, never, use);

/** Runs each statement alone: some cannot run in a transaction. */
export const execute = (...statements: string[]): Promise<void> =>
  inDatabase(async (connection) => {
    for (const statement of statements) await connection.query(statement);
    await connection.query('SELECT pg_stat_force_next_flush()');
  });

export async function partOf(kind: AuditKind): Promise<AuditPart> {
  const { parts } = await inDatabase(auditDatabase);
  const part = parts.find((candidate) => candidate.kind === kind);
  if (!part) throw new Error(`no part "${kind}"`);
  return part;
}

export async function findingsOf(kind: AuditKind): Promise<readonly AuditFinding[]> {
  const part = await partOf(kind);
  if (part.state === 'not checked') throw new Error(part.reason);
  return part.findings;
}

/** The finding, and the statement that mends it. */
export const found = async (kind: AuditKind): Promise<string[]> =>
  (await findingsOf(kind)).map(({ what, statement }) => `${what}: ${statement}`);
