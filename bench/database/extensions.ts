import { parse } from 'libpg-query';
import { escapeIdentifier } from 'pg';
import { RunError } from '../model/errors.ts';
import { withConnection, type Connection } from './connection.ts';
import type { Site } from './server.ts';
import type { SqlFile } from './sql-file.ts';

/** An extension that SQL asks for. */
interface Wanted {
  name: string;
  schema: string;
  /** Whether the SQL takes it as it is there already. */
  ifNotExists: boolean;
}

/**
 * Has a database ready for the extensions that files create: on a server of ours, those that only a superuser may create
 * are created for its owner, whose CREATE EXTENSION IF NOT EXISTS finds them there.
 *
 * @throws RunError naming all that the server has no files of, or that nobody here may create
 */
export async function provideExtensions(
  { server, signal }: Site,
  database: string,
  files: readonly SqlFile[],
): Promise<void> {
  const wanted = (await Promise.all(files.map(wantedIn))).flat();
  if (wanted.length === 0) return;
  await withConnection(server.admin(database), signal, async (admin) => {
    const found = await availabilityOf(admin, wanted);
    const missing = found.filter(({ state }) => state === 'missing');
    const forSuperusers = found.filter(({ state }) => state === 'for superusers');
    if (missing.length > 0) throw cannot(missing, 'the server has no files of');
    if (forSuperusers.length > 0 && !server.isOurs)
      throw cannot(forSuperusers, 'only a superuser may create');
    for (const one of forSuperusers) if (one.ifNotExists) await createFor(server.ownerRole, admin, one);
  });
}

const cannot = (extensions: readonly Wanted[], why: string): RunError =>
  new RunError(`The schema needs what ${why}: ${extensions.map(({ name }) => name).join(', ')}`, {
    remedy:
      'Measure on a server that has it: --on docker --image <name> for "try", --target docker --image <name> for "run".',
  });

/** A file that does not parse asks for none: the server says what is wrong with it. */
async function wantedIn({ text }: SqlFile): Promise<Wanted[]> {
  const { stmts = [] } = await parse(text).catch(() => ({ stmts: [] }));
  return stmts.flatMap(({ stmt }) => {
    if (!stmt || !('CreateExtensionStmt' in stmt)) return [];
    const { extname: name = '', if_not_exists: ifNotExists = false, options = [] } = stmt.CreateExtensionStmt;
    const inSchema = options.flatMap((option) =>
      'DefElem' in option && option.DefElem.defname === 'schema' ? (option.DefElem.arg ?? []) : [],
    );
    const [schema = 'public'] = inSchema.flatMap((arg) => ('String' in arg ? (arg.String.sval ?? []) : []));
    return [{ name, schema, ifNotExists }];
  });
}

type Availability = 'missing' | 'for superusers' | 'for everybody';

const AVAILABILITY = `
  SELECT w.name, CASE WHEN v.name IS NULL THEN 'missing' WHEN v.trusted THEN 'for everybody' ELSE 'for superusers' END AS state
  FROM unnest($1::text[]) AS w (name)
  LEFT JOIN pg_available_extensions a ON a.name = w.name
  LEFT JOIN pg_available_extension_versions v ON v.name = a.name AND v.version = a.default_version
  WHERE NOT EXISTS (SELECT FROM pg_extension e WHERE e.extname = w.name)`;

/** Those that are not there yet. */
async function availabilityOf(
  admin: Connection,
  wanted: readonly Wanted[],
): Promise<(Wanted & { state: Availability })[]> {
  const { rows } = await admin.query<{ name: string; state: Availability }>(AVAILABILITY, [
    wanted.map(({ name }) => name),
  ]);
  const states = new Map(rows.map(({ name, state }) => [name, state]));
  return wanted.flatMap((one) => {
    const state = states.get(one.name);
    return state === undefined ? [] : [{ ...one, state }];
  });
}

/** With the schema that it goes to, which belongs to the owner, and the extensions that it needs. */
async function createFor(
  owner: string | undefined,
  admin: Connection,
  { name, schema }: Wanted,
): Promise<void> {
  const [extension, place] = [escapeIdentifier(name), escapeIdentifier(schema)];
  const belongs = owner === undefined ? '' : ` AUTHORIZATION ${escapeIdentifier(owner)}`;
  if (!schema.startsWith('pg_')) await admin.query(`CREATE SCHEMA IF NOT EXISTS ${place}${belongs}`);
  await admin.query(`CREATE EXTENSION IF NOT EXISTS ${extension} SCHEMA ${place} CASCADE`);
}
