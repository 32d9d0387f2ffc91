import { checkpointAll } from '../../database/checkpoint.ts';
import { systemSettings, withSystemSettings } from '../../database/system-settings.ts';
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
  await checkpointAll(site.server);
  return withSystemSettings(site, USUAL, use);
}

export const paceOf = ({ server }: RunSite): Promise<Record<string, string>> =>
  server.administer((admin) => systemSettings(admin, Object.keys(USUAL)));
