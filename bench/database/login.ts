import { randomBytes } from 'node:crypto';
import pg from 'pg';
import pgPass from 'pgpass';

/** How a session begins: server, database, user, and settings from its first moment on. */
export interface Login {
  /** With credentials: never in a report, log or error. */
  readonly url: string;
  /** They take precedence over those of the database and the role (PostgreSQL manual, 20.1.4, and 34.1.2 `options`). */
  readonly settings: Readonly<Record<string, string>>;
  /** Whether PG* variables and a passfile supply what the URL lacks: on a server of ours they never do. */
  readonly environment: 'used' | 'ignored';
  /** How long to wait for a session while others hold all of them. @default 0 */
  readonly patienceMs?: number;
}

/**
 * Settings of our own sessions, which read catalogs and make databases. Names and operators are PostgreSQL's, whatever
 * else was created in the database (CVE-2018-1058).
 */
export const CATALOG_SETTINGS = { search_path: 'pg_catalog, pg_temp' };

/** A statement on somebody's server, or of somebody's SQL, that takes longer counts as hanging. --statement-timeout overrides it. */
export const STATEMENT_TIMEOUT = '600s';

/** A login to a user's database, to read its catalogs. */
export const catalogLogin = (url: string): Login => ({
  url,
  settings: { statement_timeout: STATEMENT_TIMEOUT, ...CATALOG_SETTINGS },
  environment: 'used',
});

/** Eight hexadecimal digits of this process alone, among all that use the same server. */
export const PROCESS_TOKEN = randomBytes(4).toString('hex');

/** The application name of this process's sessions in `pg_stat_activity`. */
export const APPLICATION_NAME = `index-impact ${PROCESS_TOKEN}`;

const CONNECT_TIMEOUT_MS = 15_000;
/** Silence after which the kernel asks whether the other end is still there. */
const KEEP_ALIVE_MS = 10_000;

const asText = { getTypeParser: () => (value: string | Buffer) => value };

/** A client that has not yet connected. Values are returned as PostgreSQL's text. */
export function clientFor({ url, settings, environment }: Login): pg.Client {
  const make = (): pg.Client =>
    new pg.Client({
      connectionString: sessionUrl(url, settings),
      application_name: APPLICATION_NAME,
      types: asText as unknown as pg.CustomTypesConfig,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      ...(environment === 'ignored' && { ssl: false }),
    });
  if (environment === 'ignored') return withoutVariables(make);
  const client = make();
  return client.password ? client : Object.assign(client, { password: () => passwordInFile(client) });
}

/** In pg, a URL overrides every other option: ours are put into it, and what contradicts them is taken out. */
function sessionUrl(url: string, settings: Login['settings']): string {
  const own = new URL(url);
  for (const name of ['application_name', 'fallback_application_name']) own.searchParams.delete(name);
  own.searchParams.set('options', sessionOptions(own, settings));
  // sslmode with libpq's meaning, which the URL's author expects.
  if (own.searchParams.has('sslmode')) own.searchParams.set('uselibpqcompat', 'true');
  return own.href;
}

/** What `options` of a URL has to be for these settings: those that its author has given come first. */
export function sessionOptions({ searchParams }: URL, settings: Login['settings']): string {
  const given = searchParams.get('options');
  const chosen = Object.entries(settings).map(([name, value]) => `-c ${name}=${escapeOption(value)}`);
  return [...(given ? [given] : []), ...chosen].join(' ');
}

/** The server splits `options` at spaces (PostgreSQL manual, 34.1.2 "options"). */
const escapeOption = (value: string): string => value.replace(/[\\ ]/g, '\\$&');

/** pg reads PG* variables for whatever it is not told. While `make` runs there are none. */
function withoutVariables<T>(make: () => T): T {
  const hidden = Object.entries(process.env).filter(([name]) => name.startsWith('PG'));
  for (const [name] of hidden) Reflect.deleteProperty(process.env, name);
  try {
    return make();
  } finally {
    for (const [name, value] of hidden) process.env[name] = value;
  }
}

/** The server asks for a password; neither the URL nor PGPASSWORD has one. */
async function passwordInFile({ host, port, database, user }: pg.Client): Promise<string> {
  const password = await new Promise<string | undefined>((resolve) => {
    pgPass({ host, port, database, user }, resolve);
  });
  if (password === undefined) throw new Error('it asks for a password, and there is none');
  return password;
}
