import { escapeIdentifier, escapeLiteral } from 'pg';
import { RunError } from '../model/errors.ts';
import { bytes } from '../model/quantity.ts';
import { withConnection, type Connection } from './connection.ts';
import { APPLICATION_NAME } from './login.ts';
import type { Server, Site } from './server.ts';

/** The comment of everything that is made here. */
export const MARK = `index-impact: made by ${APPLICATION_NAME}; "index-impact clean" removes it`;

/** Creates an empty database for the SQL of a suite, which owns it. */
export const createDatabase = (site: Site, name: string): Promise<void> =>
  create(site, name, 'TEMPLATE template0', site.server.ownerRole);

/** Copies a database, so that both heaps are the same bytes. */
export async function cloneDatabase(site: Site, template: string, name: string): Promise<void> {
  await refuseUnlessItFits(site, template);
  const strategy = site.server.copiesFiles ? ' STRATEGY FILE_COPY' : '';
  await create(site, name, `TEMPLATE ${escapeIdentifier(template)}${strategy}`, site.server.ownerRole);
}

/** @throws RunError when a copy would not fit into what is left */
async function refuseUnlessItFits({ server, signal }: Site, template: string): Promise<void> {
  const wanted = await withConnection(server.admin(), signal, (admin) => sizeOf(admin, template));
  const { bytes: left, limit } = await server.room();
  if (wanted <= left) return;
  throw new RunError(`There is no room for a copy of ${template}`, {
    detail: `It takes ${bytes(wanted)}; ${bytes(Math.max(0, left))} are left: ${limit}.`,
    remedy: 'Make room, or measure a smaller dataset with --scale.',
  });
}

async function sizeOf(admin: Connection, database: string): Promise<number> {
  const { rows } = await admin.query<{ bytes: string }>('SELECT pg_database_size($1::name) AS bytes', [
    database,
  ]);
  return Number(rows[0]?.bytes);
}

/**
 * Nobody can connect to it before it has its mark, so that what a kill leaves in between can be told by that; nobody but
 * its owner can afterwards.
 */
const create = ({ server, signal }: Site, name: string, how: string, owner?: string): Promise<void> =>
  withConnection(server.admin(), signal, async (admin) => {
    const database = escapeIdentifier(name);
    const owned = owner === undefined ? '' : ` OWNER ${escapeIdentifier(owner)}`;
    await admin.query(`CREATE DATABASE ${database} ${how}${owned} ALLOW_CONNECTIONS false`);
    await admin.query(`COMMENT ON DATABASE ${database} IS ${escapeLiteral(MARK)}`);
    await admin.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    await admin.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
  });

export const dropDatabase = (
  { server, signal }: { server: Pick<Server, 'admin'>; signal: AbortSignal },
  name: string,
): Promise<void> =>
  withConnection(server.admin(), signal, async (admin) => {
    await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
  });

/** Runs `use` with a copy of `template`, called `name`, that is gone afterwards. */
export const withClone = async <T>(
  site: Site,
  template: string,
  name: string,
  use: () => Promise<T>,
): Promise<T> => {
  await cloneDatabase(site, template, name);
  return droppingAfterwards(site, name, use);
};

/** Runs `use` with an empty database of the guest's or superuser's own, called `name`, that is gone afterwards. */
export const withDatabase = async <T>(site: Site, name: string, use: () => Promise<T>): Promise<T> => {
  await create(site, name, 'TEMPLATE template0');
  return droppingAfterwards(site, name, use);
};

async function droppingAfterwards<T>(site: Site, name: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } finally {
    // A cut session means that the whole server, or all that is ours on it, is about to go.
    await dropDatabase(site, name).catch(() => undefined);
  }
}
