import { withConnection } from '../../database/connection.ts';
import { withClone } from '../../database/databases.ts';
import { escapeIdentifier } from '../../database/identifier.ts';
import type { Session } from '../session.ts';

export const dropIndex = (name: string): string => `DROP INDEX ${escapeIdentifier(name)}`;

/**
 * Runs `use` with a copy of a database that some statements have changed. The checkpoint leaves nothing of the change
 * to be written while something is measured.
 */
export async function withVariant<T>(
  { server, signal }: Pick<Session, 'server' | 'signal'>,
  template: string,
  statements: readonly string[],
  use: (database: string) => Promise<T>,
): Promise<T> {
  const name = `${template}_variant`;
  return withConnection(server.url(), signal, (admin) =>
    withClone(admin, template, name, async () => {
      await withConnection(server.url(name), signal, async (connection) => {
        for (const statement of statements) await connection.query(statement);
      });
      await admin.query('CHECKPOINT');
      return use(name);
    }),
  );
}
