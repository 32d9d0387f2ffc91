import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Connection } from './connection.ts';
import { MARK } from './databases.ts';

/** The role that runs a suite's SQL. It may do what a database owner may, and nothing to the server. */
export interface OwnerRole {
  name: string;
  password: string;
}

/** Makes the role, marked as ours. Its password never reaches the server or the server's log. */
export async function createOwnerRole(
  admin: Connection,
  name: string,
  password = randomPassword(),
): Promise<OwnerRole> {
  const role = escapeIdentifier(name);
  await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD ${escapeLiteral(scramVerifier(password))}`);
  await admin.query(`COMMENT ON ROLE ${role} IS ${escapeLiteral(MARK)}`);
  return { name, password };
}

/** Letters, digits, `-` and `_`: it needs no quotation anywhere. */
export const randomPassword = (): string => randomBytes(18).toString('base64url');

/** Its objects have been dropped before. */
export async function dropRole(admin: Connection, name: string): Promise<void> {
  await admin.query(`DROP ROLE IF EXISTS ${escapeIdentifier(name)}`);
}

/** The URL of a server's database for another role. */
export function urlFor(url: string, { name, password }: OwnerRole): string {
  const own = new URL(url);
  own.username = name;
  own.password = password;
  return own.href;
}

/** A password of 144 random bits cannot be guessed: making each guess slow would only make each session slow. */
const ITERATIONS = 1;

/** The server's stored form of an ASCII password (RFC 5803; PostgreSQL, src/common/scram-common.c). */
function scramVerifier(password: string, salt = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const keyed = (name: string): Buffer => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  const server = keyed('Server Key').toString('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${server}`;
}
