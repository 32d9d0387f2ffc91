import { quotedRelation } from '../model/relation.ts';
import { askCatalog } from './ask-catalog.ts';
import type { Connection } from './connection.ts';
import { isUserSchema, relationTextOf } from './relations.ts';

/** Those with rows of their own that the session's role may alter: an extension's tables may belong to another one. */
const TABLES = `
  SELECT ${relationTextOf('n', 'c')} AS "table"
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  WHERE c.relkind IN ('r', 'm') AND pg_has_role(c.relowner, 'USAGE')`;

/** Switches autovacuum off for the tables of one database. The server's own settings may not be ours to change. */
export const disableAutovacuum = (connection: Connection): Promise<void> =>
  alterTables(connection, 'SET (autovacuum_enabled = off, toast.autovacuum_enabled = off)');

/** Leaves autovacuum of these tables to the server's settings. */
export const enableAutovacuum = (connection: Connection): Promise<void> =>
  alterTables(connection, 'RESET (autovacuum_enabled, toast.autovacuum_enabled)');

async function alterTables(connection: Connection, change: string): Promise<void> {
  for (const { table } of await askCatalog<{ table: string }>(connection, TABLES))
    await connection.query(`ALTER TABLE ${quotedRelation(table)} ${change}`);
}
