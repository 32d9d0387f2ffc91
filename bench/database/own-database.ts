import { withConnection, type Connection } from './connection.ts';
import { withDatabase } from './databases.ts';
import type { Site } from './server.ts';

/** In databases of our own: where their extensions are, and where nobody else can create anything. */
const OWN_SCHEMA = 'index_impact';

/** What a session in a database of our own has: PostgreSQL's names first, then those of its extensions. */
export const OWN_SETTINGS = { search_path: `pg_catalog, ${OWN_SCHEMA}, pg_temp` };

/** Runs `use` with a session in a database for our own purposes that is gone afterwards. */
export const withOwnDatabase = <T>(
  site: Site,
  name: string,
  use: (connection: Connection) => Promise<T>,
): Promise<T> =>
  withDatabase(site, name, (database) =>
    withConnection(site.server.admin(database), site.signal, async (connection) => {
      await connection.query(`CREATE SCHEMA ${OWN_SCHEMA}`);
      return use(connection);
    }),
  );

/** Adds an extension to a database of our own. */
export async function addExtension(connection: Connection, name: string): Promise<void> {
  await connection.query(`CREATE EXTENSION IF NOT EXISTS ${name} SCHEMA ${OWN_SCHEMA}`);
}
