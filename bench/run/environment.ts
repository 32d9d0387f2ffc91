import { cpus, release, totalmem, type } from 'node:os';
import { askCatalog } from '../database/ask-catalog.ts';
import type { Connection } from '../database/connection.ts';
import { localeOf } from '../database/locale.ts';
import { PLANNER_CATEGORIES, valuesOf, type Setting } from '../database/planner-settings.ts';
import { RECORDED_SETTINGS } from '../servers/server-settings.ts';
import type { Server } from '../database/server.ts';
import { allowedCores, parseCores } from '../measure/pinning.ts';
import type { Environment, Machine } from '../model/run.ts';

/** What a reader needs to judge whether another result is comparable. */
export async function describeEnvironment(
  connection: Connection,
  { target, workers }: Pick<Server, 'target' | 'workers'>,
): Promise<Environment> {
  const settings = await currentSettings(connection);
  const processors = cpus();
  return {
    target,
    ...(workers.length > 0 && { workers: workers.length }),
    postgresVersion: settings.server_version ?? 'unknown',
    settings,
    machine: {
      cpu: processors[0]?.model.trim() ?? 'unknown',
      cores: processors.length,
      ...restriction(processors.length),
      memoryBytes: totalmem(),
      os: `${type()} ${release()}`,
    },
    nodeVersion: process.version,
    pinning: { state: 'unpinned', reason: 'nothing has been measured' },
  };
}

/** Beside those that decide plans: what else bears on a time or a count, and never holds a secret. */
const TIMED_CATEGORIES = [
  ...PLANNER_CATEGORIES,
  'Write-Ahead Log / Settings',
  'Write-Ahead Log / Checkpoints',
  'Autovacuum%',
  'Vacuuming%',
  'Lock Management',
];

/** A default that PostgreSQL finds out for itself, such as the depth of its stack, is nobody's choice. */
const SESSION_SETTINGS = `
  SELECT name, current_setting(name) AS value, differs FROM (
    SELECT *, setting IS DISTINCT FROM boot_val
              AND source NOT IN ('default', 'dynamic default', 'environment variable', 'override') AS differs
    FROM pg_settings) settings
  WHERE lower(name) = ANY ($1) OR category LIKE 'Query Tuning%' OR differs AND category LIKE ANY ($2)
  ORDER BY name COLLATE "C"`;

/** What is set in a session that runs the suite's SQL: all that decides plans, and what is not PostgreSQL's default. */
export async function sessionSettingsOf(
  connection: Connection,
): Promise<Required<Pick<Environment, 'settings' | 'notDefault'>>> {
  const rows = await askCatalog<Setting & { differs: string }>(connection, SESSION_SETTINGS, [
    RECORDED_SETTINGS,
    TIMED_CATEGORIES,
  ]);
  const differing = rows.filter(({ differs }) => differs === 't');
  return { settings: valuesOf(rows), notDefault: differing.map(({ name }) => name) };
}

/** The same environment with what a session of the suite has, which may be other values than ours. */
export async function describeSession(
  connection: Connection,
  environment: Environment,
): Promise<Environment> {
  const { settings, notDefault } = await sessionSettingsOf(connection);
  const locale = await localeOf(connection);
  return { ...environment, settings: { ...environment.settings, ...settings }, notDefault, locale };
}

/** The cores that taskset, a cpuset or a container allows; nothing where all are allowed. */
function restriction(cores: number): Pick<Machine, 'allowedCores'> {
  const allowed = allowedCores(process.pid);
  return allowed === undefined || parseCores(allowed).length === cores ? {} : { allowedCores: allowed };
}

const SETTINGS = `
  SELECT name, current_setting(name) AS value FROM pg_settings
  WHERE lower(name) = ANY ($1) ORDER BY name COLLATE "C"`;

async function currentSettings(connection: Connection): Promise<Record<string, string>> {
  const names = [...RECORDED_SETTINGS, 'server_version'];
  return valuesOf((await connection.query<Setting>(SETTINGS, [names])).rows);
}
