import { withConnection, withConnections, type Connection } from '../database/connection.ts';
import { withoutEventTriggers } from '../database/event-triggers.ts';
import type { Login } from '../database/login.ts';
import { majorOf } from './dump/dump-header.ts';
import type { Locale } from '../model/locale.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { DumpedFile, LeftOut, SearchPath } from '../model/source.ts';
import type { PlannerSetting } from './planner-settings.ts';
import type { ObservedStatement } from './statements/source-statement.ts';

/** What a database was restored from. */
export interface Restored {
  file: DumpedFile;
  /** What of it could not be restored. */
  leftOut: readonly LeftOut[];
  /** Of the original, which the restoring server may lack; undefined where the dump does not tell. */
  locale: Locale | undefined;
}

/** What a snapshot tells of its database, which one that was rebuilt of it cannot. */
export interface Described {
  /** Without its directory. */
  file: string;
  /** On the schema that the rebuilt one has. */
  snapshot: Snapshot;
  takenAt: Date;
  /** Of its tables; the rebuilt ones may be smaller. */
  sizes: ReadonlyMap<string, { rows: number; bytes: number }>;
  statements: readonly ObservedStatement[];
  searchPath: SearchPath;
  settings: readonly PlannerSetting[];
}

/** A database to read. */
export interface SourcePlace {
  login: Login;
  /** Of one that was restored to be read. */
  restored?: Restored;
  /** Of one that was rebuilt of a snapshot. */
  described?: Described;
}

/** Somebody's database as it is at one moment. Nothing can be written to it through these sessions. */
export interface Source extends SourcePlace {
  /** In the snapshot. It serves one reader at a time. */
  connection: Connection;
  /** For `pg_dump --snapshot`. */
  snapshot: string;
  /** Such as `15.14`. */
  version: string;
  major: number;
  /** Its statistics are those of its own sessions, which only read. */
  isStandby: boolean;
  /** Runs `use` with further sessions that see the same moment. */
  withReaders: <T>(count: number, use: (readers: readonly Connection[]) => Promise<T>) => Promise<T>;
}

/**
 * Values come as text that every server reads alike. A role that may not read all rows of a table is told so
 * (`row_security`), as pg_dump does it. The snapshot's session waits while the others read.
 */
const SETTINGS = {
  default_transaction_read_only: 'on',
  row_security: 'off',
  DateStyle: 'ISO',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  quote_all_identifiers: 'off',
  synchronize_seqscans: 'off',
  statement_timeout: '3600s',
  lock_timeout: '10s',
  idle_in_transaction_session_timeout: '0',
};

/** Rows come in the order in which they lie. */
const IN_ORDER = 'SET LOCAL max_parallel_workers_per_gather = 0';

const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY';

/** Runs `use` in one snapshot of a database, which readers in other sessions can share (PostgreSQL manual, 9.28.5). */
export async function withSource<T>(
  place: SourcePlace,
  signal: AbortSignal,
  use: (source: Source) => Promise<T>,
): Promise<T> {
  const login = await readingLogin(place.login, signal);
  return withConnection(login, signal, async (connection) => {
    await connection.query(BEGIN);
    const found = await describe(connection);
    return use({
      ...place,
      login,
      connection,
      ...found,
      withReaders: (count, read) => withReaders(login, found.snapshot, count, signal, read),
    });
  });
}

const readingLogin = (login: Login, signal: AbortSignal): Promise<Login> =>
  withoutEventTriggers({ ...login, settings: { ...login.settings, ...SETTINGS } }, signal);

/** The PostgreSQL that the rows come from: of a restored dump the one that it was made of, as far as that is known. */
export function originalVersion({ version, major, restored }: Source): Pick<Source, 'version' | 'major'> {
  const dumped = restored?.file.version;
  return dumped === undefined ? { version, major } : { version: dumped, major: majorOf(dumped) };
}

async function describe(
  connection: Connection,
): Promise<Pick<Source, 'snapshot' | 'version' | 'major' | 'isStandby'>> {
  const { rows } = await connection.query<Record<'snapshot' | 'version' | 'number' | 'standby', string>>(
    `SELECT pg_export_snapshot() AS snapshot, split_part(current_setting('server_version'), ' ', 1) AS version,
            current_setting('server_version_num') AS number, pg_is_in_recovery() AS standby`,
  );
  const { snapshot = '', version = '', number, standby } = rows[0] ?? {};
  return { snapshot, version, major: Math.floor(Number(number) / 10_000), isStandby: standby === 't' };
}

const withReaders = <T>(
  login: Login,
  snapshot: string,
  count: number,
  signal: AbortSignal,
  read: (readers: readonly Connection[]) => Promise<T>,
): Promise<T> =>
  withConnections(login, count, signal, async (readers) => {
    for (const reader of readers) {
      await reader.query(BEGIN);
      await reader.query(`SET TRANSACTION SNAPSHOT ${reader.escapeLiteral(snapshot)}`);
      await reader.query(IN_ORDER);
    }
    return read(readers);
  });
