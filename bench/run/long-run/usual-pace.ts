import { checkpoint } from '../../database/checkpoint.ts';
import { valuesOf, type Setting } from '../../database/planner-settings.ts';
import { withSystemSettings } from '../../database/system-settings.ts';
import type { RunSite } from '../sites.ts';

/**
 * PostgreSQL's defaults, but for autovacuum's rest between two looks at a database: a minute of load would hardly see one
 * of them.
 */
const USUAL = {
  autovacuum: 'on',
  autovacuum_naptime: '5s',
  bgwriter_lru_maxpages: '100',
  checkpoint_timeout: '5min',
  max_wal_size: '1GB',
};

/** Runs `use` while the server works as servers do beside their load. Somebody's server works as it is set. */
export async function atUsualPace<T>(site: RunSite, use: () => Promise<T>): Promise<T> {
  if (!site.server.isOurs) return use();
  await site.server.administer(checkpoint);
  return withSystemSettings(site, USUAL, use);
}

const SETTINGS = `
  SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY ($1) ORDER BY name COLLATE "C"`;

export const paceOf = ({ server }: RunSite): Promise<Record<string, string>> =>
  server.administer(async (admin) =>
    valuesOf((await admin.query<Setting>(SETTINGS, [Object.keys(USUAL)])).rows),
  );
