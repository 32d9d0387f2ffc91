import { withConnection, type Connection } from '../../database/connection.ts';
import { withClone } from '../../database/databases.ts';
import { escapeIdentifier } from '../../database/identifier.ts';
import type { Session } from '../session.ts';

export const dropIndex = (name: string): string => `DROP INDEX ${escapeIdentifier(name)}`;

/** What sets a variant apart: statements to execute, or what executes them. */
type Change = readonly string[] | ((connection: Connection) => Promise<unknown>);

/**
 * Runs `use` with a copy of a database that has been changed. The checkpoint leaves nothing of the change
 * to be written while something is measured.
 */
export async function withVariant<T>(
  { server, signal }: Pick<Session, 'server' | 'signal'>,
  template: string,
  change: Change,
  use: (database: string) => Promise<T>,
): Promise<T> {
  const name = `${template}_variant`;
  return withConnection(server.url(), signal, (admin) =>
    withClone(admin, template, name, async () => {
      await withConnection(server.url(name), signal, (connection) => apply(change, connection));
      await admin.query('CHECKPOINT');
      return use(name);
    }),
  );
}

async function apply(change: Change, connection: Connection): Promise<void> {
  if (typeof change === 'function') await change(connection);
  else for (const statement of change) await connection.query(statement);
}
