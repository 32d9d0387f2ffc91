import { escapeIdentifier } from 'pg';
import { tableSizes } from './catalog.ts';
import type { Connection } from './connection.ts';

/** Switches autovacuum off for the tables of one database. The server's own settings may not be ours to change. */
export async function disableAutovacuum(connection: Connection): Promise<void> {
  for (const { table } of await tableSizes(connection)) {
    const name = `public.${escapeIdentifier(table)}`;
    await connection.query(
      `ALTER TABLE ${name} SET (autovacuum_enabled = off, toast.autovacuum_enabled = off)`,
    );
  }
}
