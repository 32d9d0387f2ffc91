/** Settings that decide plans, and that every session may set for itself (PostgreSQL manual, 20.1.4 and 34.1.2). */
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

/** The URL of a database on the server of `url`, whose sessions begin with these settings. */
export function guestUrl(url: string, settings: Record<string, string>, database?: string): string {
  const own = new URL(url);
  if (database !== undefined) own.pathname = `/${encodeURIComponent(database)}`;
  const chosen = SESSION_SETTINGS.flatMap((name) =>
    settings[name] === undefined ? [] : [`-c ${name}=${settings[name]}`],
  );
  const given = own.searchParams.get('options');
  own.searchParams.set('options', [...(given ? [given] : []), ...chosen].join(' '));
  // sslmode as libpq reads it, and as whoever wrote the URL means it.
  if (own.searchParams.has('sslmode')) own.searchParams.set('uselibpqcompat', 'true');
  return own.href;
}
