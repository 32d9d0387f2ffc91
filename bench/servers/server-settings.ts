import { totalmem } from 'node:os';

/** Of the server that comes with the packages. */
export const BUNDLED_MAJOR = 18;

/** Of PostgreSQL, which a server can be started with. */
export const MAJORS: readonly number[] = [14, 15, 16, 17, BUNDLED_MAJOR];

/** Sessions of a run on a server of ours: what would take more is measured one part after another. */
export const MOST_SESSIONS = 200;

/** For superusers, by default (PostgreSQL manual, 20.3.1), and for whoever looks at the server meanwhile. */
const OTHER_SESSIONS = 10;

const SHARED_BUFFERS_MEGABYTES_PER_SCALE = 2048;

/**
 * Every server setting that matters for measuring, in one place; the run records what the server reports.
 *
 * - Nothing runs by itself: no autovacuum, no timed checkpoint within a run, no JIT, no parallel workers.
 * - Every arm fits into shared buffers twice over, so that no table is read through a ring buffer and a
 *   sequential scan starts at block 0 (PostgreSQL manual, 19.4 and 19.8 "synchronize_seqscans").
 * - ANALYZE samples 300 x default_statistics_target rows: 200 covers every table at scale 1, so that
 *   statistics, and with them plans, are the same on every server.
 */
export function serverSettings(scale: number, major: number = BUNDLED_MAJOR): Record<string, string> {
  return {
    ...(major >= 18 && { io_method: 'sync' }),
    shared_buffers: `${sharedBuffersMegabytes(scale)}MB`,
    work_mem: '64MB',
    maintenance_work_mem: '256MB',
    effective_cache_size: '4GB',
    random_page_cost: '1.1',
    max_connections: String(MOST_SESSIONS + OTHER_SESSIONS),
    autovacuum: 'off',
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    synchronize_seqscans: 'off',
    checkpoint_timeout: '1h',
    max_wal_size: '16GB',
    min_wal_size: '1GB',
    wal_level: 'replica',
    max_wal_senders: '0',
    bgwriter_lru_maxpages: '0',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    fsync: 'on',
    default_statistics_target: '200',
    track_io_timing: 'off',
    shared_preload_libraries: 'pg_stat_statements',
    'pg_stat_statements.track_planning': 'on',
    timezone: 'UTC',
    lc_messages: 'C',
    logging_collector: 'off',
  };
}

/** What a start gives cannot be changed before the next one: these are set in the running server. */
const CHANGED_LATER: readonly string[] = [
  'autovacuum',
  'bgwriter_lru_maxpages',
  'checkpoint_timeout',
  'fsync',
  'max_wal_size',
];

/** Arguments to `postgres` that give the other settings. */
export const startArguments = (settings: Readonly<Record<string, string>>): string[] =>
  Object.entries(settings).flatMap(([name, value]) =>
    CHANGED_LATER.includes(name) ? [] : ['-c', `${name}=${value}`],
  );

/** Those that a running server is given, and that `withSystemSettings` can change. */
export const settingsAfterStart = (settings: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => CHANGED_LATER.includes(name)));

/** The names whose values a run records, with the two that are fixed when the cluster is created. */
export const RECORDED_SETTINGS = [...Object.keys(serverSettings(1)), 'data_checksums', 'server_encoding'];

/**
 * Arguments to initdb: what cannot be changed later is explicit, because defaults differ between majors. Text is
 * compared byte by byte in all of them; the provider that does so with Unicode's letters exists from 17 on.
 */
export const initdbArguments = (major: number): string[] => [
  '--encoding=UTF8',
  ...(major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []),
  '--locale=C',
  '--data-checksums',
];

/** Twice the four arms of a run (about 250 MB each at scale 1), within 40 % of the machine's memory. */
function sharedBuffersMegabytes(scale: number): number {
  const ceiling = Math.floor((totalmem() * 0.4) / 1024 ** 2);
  return Math.max(
    128,
    Math.min(ceiling, Math.ceil(SHARED_BUFFERS_MEGABYTES_PER_SCALE * Math.max(scale, 0.25))),
  );
}
