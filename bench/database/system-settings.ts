import { escapeIdentifier, escapeLiteral } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunError } from '../model/errors.ts';
import type { Connection } from './connection.ts';
import type { Site } from './server.ts';

/** Of the whole server, by name. */
type SystemSettings = Readonly<Record<string, string>>;

/** Runs `use` while a server of ours has other settings: those that it takes without a restart. */
export async function withSystemSettings<T>(
  { server }: Pick<Site, 'server'>,
  settings: SystemSettings,
  use: () => Promise<T>,
): Promise<T> {
  const change = (wanted: SystemSettings): Promise<void> =>
    server.administer((admin) => changeSystemSettings(admin, wanted));
  const before = await server.administer((admin) => systemSettings(admin, Object.keys(settings)));
  await change(settings);
  const value = await use().catch(async (error: unknown) => {
    await change(before).catch(() => undefined);
    throw error;
  });
  await change(before);
  return value;
}

/**
 * Changes settings of a server of ours until they are changed again.
 *
 * @throws RunError when the server does not take them
 */
export async function changeSystemSettings(admin: Connection, settings: SystemSettings): Promise<void> {
  for (const [name, value] of Object.entries(settings))
    await admin.query(`ALTER SYSTEM SET ${escapeIdentifier(name)} = ${escapeLiteral(value)}`);
  const loadedAt = await loadTime(admin);
  await admin.query('SELECT pg_reload_conf()');
  const deadline = Date.now() + PATIENCE_MS;
  while ((await loadTime(admin)) === loadedAt) {
    if (Date.now() > deadline) throw notTaken(settings);
    await sleep(5);
  }
}

const PATIENCE_MS = 10_000;

/** When this session has read its settings last. */
async function loadTime(admin: Connection): Promise<string | undefined> {
  return (await admin.query<{ at: string }>('SELECT pg_conf_load_time() AS at')).rows[0]?.at;
}

/** Of these names, in their order. */
export async function systemSettings(
  admin: Connection,
  names: readonly string[],
): Promise<Record<string, string>> {
  const { rows } = await admin.query<{ name: string; value: string }>(
    'SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY ($1) ORDER BY name COLLATE "C"',
    [names],
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

const notTaken = (settings: SystemSettings): RunError =>
  new RunError(`The server did not take its settings: ${Object.keys(settings).join(', ')}`, {
    detail: `  It did not read its configuration anew within ${PATIENCE_MS / 1000} s.`,
    remedy: 'Its log has the reason.',
  });
