import { escapeIdentifier, escapeLiteral } from 'pg';
import { RunError } from '../model/errors.ts';
import { bytes } from '../format/quantity.ts';
import type { Locale } from '../model/locale.ts';
import { cloningFiles } from './clone-files.ts';
import { withConnection, type Connection } from './connection.ts';
import { isLackingLocale, localeOptions, nearestLocales } from './locale.ts';
import { APPLICATION_NAME } from './login.ts';
import { onEveryNode, onEveryNodeOrNone } from './nodes.ts';
import { patiently } from './patience.ts';
import { isInUse, removeDatabase } from './remove-database.ts';
import type { Node, Server, Site } from './server.ts';
import { whileNobodyConnects } from './still-template.ts';

/** The comment of every database and role made here. */
export const MARK = `index-impact: made by ${APPLICATION_NAME}; "index-impact clean" removes it`;

/**
 * Creates an empty database for the SQL of a suite.
 *
 * @param locale or the nearest that the server has @default the server's
 */
export async function createDatabase(site: Site, name: string, locale?: Locale): Promise<void> {
  const { server, signal } = site;
  await createWith(site, name, locale ? nearestLocales(locale).flatMap(localeOptions) : ['']);
  if (server.ownerRole !== undefined) {
    const owner = escapeIdentifier(server.ownerRole);
    await onEveryNode(server, (node) =>
      withConnection(node.admin(name), signal, (admin) =>
        admin.query(`ALTER SCHEMA public OWNER TO ${owner}`),
      ),
    );
  }
  await server.linkNodes(name);
}

/** With the first of these options that the server can fulfil. */
async function createWith(
  site: Site,
  name: string,
  [first = '', ...others]: readonly string[],
): Promise<void> {
  try {
    await create(site, name, `TEMPLATE template0 ${first}`, site.server.ownerRole);
  } catch (error) {
    if (others.length === 0 || !isLackingLocale(error)) throw error;
    await createWith(site, name, others);
  }
}

/** Copies a database: both heaps have the same bytes. */
export async function cloneDatabase(site: Site, template: string, name: string): Promise<void> {
  await refuseUnlessTheyFit(site, [template]);
  await copy(site, template, name);
}

async function copy(site: Site, template: string, name: string): Promise<void> {
  const { server } = site;
  const strategy = server.copying === 'through the WAL' ? '' : ' STRATEGY FILE_COPY';
  const how = `TEMPLATE ${escapeIdentifier(template)}${strategy}`;
  await whileNobodyConnects(server, template, () => create(site, name, how, server.ownerRole));
}

/** @throws RunError when there is too little room for a copy of each */
async function refuseUnlessTheyFit({ server }: Site, templates: readonly string[]): Promise<void> {
  const { bytes: free, limit } = await server.room();
  let wanted = 0;
  for (const template of templates) {
    const onNodes = await onEveryNode(server, (node) =>
      node.administer((admin) => bytesOfDatabase(admin, template)),
    );
    wanted += onNodes.reduce((sum, onNode) => sum + onNode, 0);
    if (wanted <= free) continue;
    throw new RunError(`There is no room for a copy of ${template}`, {
      detail: `It takes ${bytes(wanted)}${templates.length > 1 ? ', with those made at the same time' : ''}; ${bytes(Math.max(0, free))} are left: ${limit}.`,
      remedy: 'Make room, or measure a smaller dataset with --scale.',
    });
  }
}

export async function bytesOfDatabase(admin: Connection, database: string): Promise<number> {
  const { rows } = await admin.query<{ bytes: string }>('SELECT pg_database_size($1::name) AS bytes', [
    database,
  ]);
  return Number(rows[0]?.bytes);
}

/** In addition to the five seconds that PostgreSQL itself waits for other sessions to leave the database it copies. */
const COPY_PATIENCE_MS = 10_000;

/** On every node, or on none. */
async function create({ server, signal }: Site, name: string, how: string, user?: string): Promise<void> {
  await onEveryNodeOrNone(
    server,
    (node) => createOn(node, { copying: server.copying, name, how, user }, signal),
    (node) => dropOn(node, name, signal),
  );
}

interface Creation extends Pick<Server, 'copying'> {
  name: string;
  how: string;
  user: string | undefined;
}

/**
 * Nobody can connect to the database before it has its mark: what a kill leaves half made is known by that. Afterwards
 * only `user` can. It is not the user's own, because the owner of a database can set what makes its sessions slow.
 */
const createOn = (
  { administer }: Node,
  { copying, name, how, user }: Creation,
  signal: AbortSignal,
): Promise<void> =>
  administer(async (admin) => {
    const database = escapeIdentifier(name);
    const statement = `CREATE DATABASE ${database} ${how} ALLOW_CONNECTIONS false`;
    const make = () => patiently(() => admin.query(statement), isInUse, COPY_PATIENCE_MS, signal);
    await (copying === 'sharing blocks' ? cloningFiles(admin, make) : make());
    await admin.query(`COMMENT ON DATABASE ${database} IS ${escapeLiteral(MARK)}`);
    await admin.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    if (user !== undefined)
      await admin.query(`GRANT ALL ON DATABASE ${database} TO ${escapeIdentifier(user)}`);
    await admin.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
  });

export async function dropDatabase({ server, signal }: Site, name: string): Promise<void> {
  await onEveryNode(server, (node) => dropOn(node, name, signal));
}

const dropOn = ({ administer }: Node, name: string, signal: AbortSignal): Promise<void> =>
  administer((admin) => removeDatabase(admin, name, signal));

/** A database to be made: a copy of `template`, called `name` unless that is still taken. */
export interface Copy {
  template: string;
  name: string;
}

/** Runs `use` with copies of databases, which are dropped afterwards. */
export async function withClones<const Copies extends readonly Copy[], T>(
  site: Site,
  copies: Copies,
  use: (clones: { [Copied in keyof Copies]: string }) => Promise<T>,
): Promise<T> {
  await refuseUnlessTheyFit(
    site,
    copies.map(({ template }) => template),
  );
  const making = await settleAll(site, copies, ({ template, name }) =>
    firstFree(name, (free) => copy(site, template, free)),
  );
  const made = making.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  return droppingAfterwards(site, made, () => {
    for (const one of making) if (one.status === 'rejected') throw one.reason;
    return use(made as { [Copied in keyof Copies]: string });
  });
}

/** The same with one copy. */
export const withClone = <T>(
  site: Site,
  template: string,
  name: string,
  use: (clone: string) => Promise<T>,
): Promise<T> => withClones(site, [{ template, name }], ([clone]) => use(clone));

/** Runs `use` with an empty database owned by the guest or superuser, and its name; drops it afterwards. */
export async function withDatabase<T>(
  site: Site,
  name: string,
  use: (database: string) => Promise<T>,
): Promise<T> {
  const made = await firstFree(name, (free) => create(site, free, 'TEMPLATE template0'));
  return droppingAfterwards(site, [made], () => use(made));
}

const DUPLICATE_DATABASE = '42P04';

/** A database of that name may be left, because somebody is still in it. Then this one gets another name. */
async function firstFree(name: string, make: (name: string) => Promise<void>): Promise<string> {
  for (let ordinal = 1; ; ordinal++) {
    const candidate = ordinal === 1 ? name : `${name}_${ordinal}`;
    try {
      await make(candidate);
      return candidate;
    } catch (error) {
      if ((error as { code?: string }).code !== DUPLICATE_DATABASE) throw error;
    }
  }
}

async function droppingAfterwards<T>(
  site: Site,
  names: readonly string[],
  use: () => Promise<T>,
): Promise<T> {
  try {
    return await use();
  } finally {
    // The end of the run tries again. A server of ours is removed with all its databases.
    await settleAll(site, names, (name) => dropDatabase(site, name));
  }
}

/**
 * All at the same time on a machine of ours. A guest has one session to make and drop databases in; in a cluster nobody may
 * connect to a template that is copied.
 */
async function settleAll<Item, T>(
  { server }: Site,
  items: readonly Item[],
  work: (item: Item) => Promise<T>,
): Promise<PromiseSettledResult<T>[]> {
  if (server.isOurs && server.workers.length === 0) return Promise.allSettled(items.map(work));
  const settled: PromiseSettledResult<T>[] = [];
  for (const item of items) settled.push(...(await Promise.allSettled([work(item)])));
  return settled;
}

/**
 * The same, once all have ended well.
 *
 * @throws what failed first
 */
export async function makeAll<Item, T>(
  site: Site,
  items: readonly Item[],
  make: (item: Item) => Promise<T>,
): Promise<T[]> {
  return (await settleAll(site, items, make)).map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
