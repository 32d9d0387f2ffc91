import { withConnection, type Connection } from '../../database/connection.ts';
import { checkpoint } from '../../database/checkpoint.ts';
import { withClone } from '../../database/databases.ts';
import type { Site } from '../../database/server.ts';

/** What makes a variant: statements to execute, or a function that executes them. */
type Change = readonly string[] | ((connection: Connection) => Promise<unknown>);

/**
 * Runs `use` with a changed copy of a database. After the checkpoint nothing of the change is written while something is
 * measured.
 */
export async function withVariant<T>(
  site: Site,
  template: string,
  change: Change,
  use: (database: string) => Promise<T>,
): Promise<T> {
  return withClone(site, template, `${template}_variant`, async (name) => {
    await withConnection(site.server.owner(name), site.signal, (connection) => apply(change, connection));
    await site.server.administer(checkpoint);
    return use(name);
  });
}

async function apply(change: Change, connection: Connection): Promise<void> {
  if (typeof change === 'function') await change(connection);
  else for (const statement of change) await connection.query(statement);
}
