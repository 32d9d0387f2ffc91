/** Settings that decide plans, and that every session may set for itself (PostgreSQL manual, 20.1.4). */
const SESSION_SETTINGS = [
  'work_mem',
  'maintenance_work_mem',
  'effective_cache_size',
  'random_page_cost',
  'jit',
  'max_parallel_workers_per_gather',
  'max_parallel_maintenance_workers',
  'synchronize_seqscans',
  'synchronous_commit',
  'default_statistics_target',
  'timezone',
  'statement_timeout',
];

/** Those of `settings` that a guest's sessions begin with. */
export const guestSettings = (settings: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => SESSION_SETTINGS.includes(name)));

/** The URL of another database on the same server. */
export function urlOfDatabase(url: string, database: string | undefined): string {
  const own = new URL(url);
  if (database !== undefined) own.pathname = `/${encodeURIComponent(database)}`;
  return own.href;
}
