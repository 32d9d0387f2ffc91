import { cpus, release, totalmem, type } from 'node:os';
import type { Connection } from '../database/connection.ts';
import { RECORDED_SETTINGS } from '../database/provision/server-settings.ts';
import type { Server } from '../database/server.ts';
import type { Environment } from '../model/run.ts';

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
      memoryBytes: totalmem(),
      os: `${type()} ${release()}`,
    },
    nodeVersion: process.version,
    pinning: { state: 'unpinned', reason: 'nothing has been measured' },
  };
}

const SETTINGS = `
  SELECT name, current_setting(name) AS value FROM pg_settings
  WHERE name = ANY ($1) ORDER BY name COLLATE "C"`;

async function currentSettings(connection: Connection): Promise<Record<string, string>> {
  const names = [...RECORDED_SETTINGS, 'server_version'];
  const { rows } = await connection.query<{ name: string; value: string }>(SETTINGS, [names]);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
