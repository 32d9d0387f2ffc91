import { askCatalog } from '../database/ask-catalog.ts';
import { withConnection, type Connection } from '../database/connection.ts';
import type { SearchPath } from '../model/source.ts';
import type { Source } from './open-source.ts';
import { namesIn } from './identifier-list.ts';
import { lookupsIn, rolesByTime, timeFound, type RanStatement, type TablesBySchema } from './name-lookups.ts';

/** What PostgreSQL has unless it is told otherwise (PostgreSQL manual, 20.11.1). */
const POSTGRES_DEFAULT = '"$user", public';

/**
 * Where the source looks up names without a schema: in the `search_path` of the role with which most of the execution time
 * finds its tables. Where no role is known, or the URL sets one in its `options`, it is that of the session that reads.
 */
export async function readSearchPath(
  source: Pick<Source, 'connection' | 'login'>,
  ran: readonly RanStatement[],
  signal: AbortSignal,
): Promise<SearchPath> {
  const { connection } = source;
  const reading = await readingSession(source, signal);
  const tables = await tablesBySchema(connection);
  const schemas = (path: string, role: string): string[] =>
    namesIn(path)
      .map((name) => (name === '$user' ? role : name))
      .filter((name, place, all) => tables.has(name) && all.indexOf(name) === place);
  const own = { schemas: schemas(reading.path, reading.role), of: `role ${reading.role}`, others: [] };
  if (reading.isOfUrl) return { ...own, of: 'the URL' };
  const lookups = await lookupsIn(ran, tables);
  const roles = rolesByTime(lookups);
  const set = await pathsSet(connection, [reading.role, ...roles]);
  const unset = set.has(reading.role) ? POSTGRES_DEFAULT : reading.path;
  const schemasOfRole = (role: string): string[] => schemas(set.get(role) ?? unset, role);
  const [first] = roles.toSorted(
    (one, other) =>
      timeFound(lookups, schemasOfRole(other), tables) - timeFound(lookups, schemasOfRole(one), tables),
  );
  if (first === undefined) return own;
  const taken = schemasOfRole(first);
  const others = roles.filter((role) => schemasOfRole(role).join() !== taken.join());
  return { schemas: taken, of: `role ${first}`, others };
}

const READING = `
  SELECT pg_catalog.current_setting('search_path') AS path, s.source, current_user AS role
  FROM pg_catalog.pg_settings AS s WHERE s.name OPERATOR(pg_catalog.=) 'search_path'`;

/** A session of the same role with a `search_path` that is not ours. */
async function readingSession(
  { login }: Pick<Source, 'login'>,
  signal: AbortSignal,
): Promise<{ path: string; role: string; isOfUrl: boolean }> {
  const others = Object.entries(login.settings).filter(([name]) => name !== 'search_path');
  return withConnection({ ...login, settings: Object.fromEntries(others) }, signal, async (session) => {
    const { rows } = await session.query<Record<'path' | 'source' | 'role', string>>(READING);
    const { path = '', source, role = '' } = rows[0] ?? {};
    return { path, role, isOfUrl: source === 'client' };
  });
}

/** The names of the tables and views in each schema. */
async function tablesBySchema(connection: Connection): Promise<TablesBySchema> {
  const rows = await askCatalog<{ schema: string; tables: string }>(
    connection,
    `SELECT n.nspname AS schema, coalesce(json_agg(c.relname) FILTER (WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')), '[]') AS tables
     FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid GROUP BY n.nspname`,
  );
  return new Map(rows.map(({ schema, tables }) => [schema, new Set(JSON.parse(tables) as string[])]));
}

/** A setting of a role is taken before one of the database, and one for both before either (PostgreSQL manual, ALTER ROLE). */
const SET = `
  SELECT DISTINCT ON (r.rolname) r.rolname AS role, substr(setting, length('search_path=') + 1) AS path
  FROM pg_roles r
  JOIN pg_db_role_setting s ON s.setrole IN (0, r.oid)
    AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
  CROSS JOIN unnest(s.setconfig) AS setting
  WHERE r.rolname = ANY ($1) AND starts_with(setting, 'search_path=')
  ORDER BY r.rolname, s.setrole <> 0 DESC, s.setdatabase <> 0 DESC`;

/** By role; missing where neither the role nor the database sets it. */
async function pathsSet(connection: Connection, roles: readonly string[]): Promise<Map<string, string>> {
  const rows = await askCatalog<Record<'role' | 'path', string>>(connection, SET, [roles]);
  return new Map(rows.map(({ role, path }) => [role, path]));
}
