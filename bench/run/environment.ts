import { cpus, release, totalmem, type } from 'node:os';
import { askCatalog } from '../database/ask-catalog.ts';
import type { Connection } from '../database/connection.ts';
import { RECORDED_SETTINGS } from '../servers/server-settings.ts';
import type { Server } from '../database/server.ts';
import { allowedCores, parseCores } from '../measure/pinning.ts';
import type { Environment, Machine } from '../model/run.ts';

/** What a reader needs to judge whether another result is comparable. */
export async function describeEnvironment(
  connection: Connection,
  { target }: Pick<Server, 'target'>,
): Promise<Environment> {
  const settings = await currentSettings(connection);
  const processors = cpus();
  return {
    target,
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

const PLANNER_SETTINGS = `
  SELECT name, current_setting(name) AS value FROM pg_settings
  WHERE category LIKE 'Query Tuning%' ORDER BY name COLLATE "C"`;

/** Every setting that decides plans, in a session like those that run the suite's SQL. */
export async function plannerSettings(connection: Connection): Promise<Record<string, string>> {
  return valuesOf(await askCatalog<Setting>(connection, PLANNER_SETTINGS));
}

interface Setting {
  name: string;
  value: string;
}

const valuesOf = (rows: readonly Setting[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ name, value }) => [name, value]));

/** The cores that taskset, a cpuset or a container allows; nothing where all are allowed. */
function restriction(cores: number): Pick<Machine, 'allowedCores'> {
  const allowed = allowedCores(process.pid);
  return allowed === undefined || parseCores(allowed).length === cores ? {} : { allowedCores: allowed };
}

const SETTINGS = `
  SELECT name, current_setting(name) AS value FROM pg_settings
  WHERE name = ANY ($1) ORDER BY name COLLATE "C"`;

async function currentSettings(connection: Connection): Promise<Record<string, string>> {
  const names = [...RECORDED_SETTINGS, 'server_version'];
  return valuesOf((await connection.query<Setting>(SETTINGS, [names])).rows);
}
