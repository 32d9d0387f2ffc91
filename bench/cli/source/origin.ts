import { basename } from 'node:path';
import { catalogLogin } from '../../database/login.ts';
import type { FlagReader } from '../../flags/flag-reader.ts';
import { urlWithoutSecrets } from '../../format/plain-text.ts';
import { examineDump, type DumpFile } from '../../source/dump/dump-file.ts';
import type { MigrationPlan } from '../../source/migrations/read-migrations.ts';
import { withSource, type Source, type SourcePlace } from '../../source/open-source.ts';
import { readSnapshot, type SnapshotFile } from '../../source/snapshot/read-snapshot.ts';
import { programCommand } from '../../system/program.ts';
import type { Io } from '../io.ts';
import * as flags from './flags.ts';
import { withRebuilt } from './with-rebuilt.ts';
import { withRestored } from './with-restored.ts';

/** Where a source is: somebody's server, or a dump or snapshot of which it is made anew first. */
export type Origin =
  | {
      kind: 'database';
      /** Never shown. */
      url: string;
    }
  | { kind: 'dump'; dump: DumpFile }
  | { kind: 'snapshot'; snapshot: SnapshotFile };

/** What `--from` or `--snapshot` names. What is wrong with it, or with a dump's missing `--queries`, are problems. */
export async function chosenOrigin(read: FlagReader): Promise<Origin> {
  const path = read.value(flags.snapshot);
  return path === undefined ? sourceOrigin(read) : snapshotOrigin(read, path);
}

async function snapshotOrigin(read: FlagReader, path: string): Promise<Origin> {
  for (const flag of [flags.from, flags.redact, flags.keepText])
    if (read.isGiven(flag)) read.problem(flag, 'does not go with --snapshot, which has no rows');
  const snapshot = await read.collect(() => readSnapshot(path));
  if (snapshot?.schema.beforeRows === '' && !read.isGiven(flags.migrations))
    read.problem(
      flags.snapshot,
      `${path} has no schema: a script took it; --migrations takes the folder that makes it, or ${programCommand('snapshot', '--from', 'URL')} a snapshot with one`,
    );
  if (snapshot?.statements.length === 0 && !read.isGiven(flags.queries))
    read.problem(
      flags.queries,
      'is missing; the snapshot has no statements: it takes a folder or a file with them',
    );
  return snapshot
    ? { kind: 'snapshot', snapshot: { path, file: basename(path), snapshot } }
    : { kind: 'database', url: '' };
}

async function sourceOrigin(read: FlagReader): Promise<Origin> {
  if (!read.isGiven(flags.from)) read.problem(flags.from, read.isGiven(flags.migrations) ? NO_ROWS : MISSING);
  const named = read.value(flags.from) ?? { url: '' };
  if ('url' in named) return { kind: 'database', url: named.url };
  if (!read.isGiven(flags.queries))
    read.problem(
      flags.queries,
      'is missing; a dump has no statistics of statements: it takes a folder or a file with them',
    );
  const dump = await read.collect(() => examineDump(named.path));
  return dump ? { kind: 'dump', dump } : { kind: 'database', url: '' };
}

const MISSING =
  'is missing; it takes the URL of the database to read, or a dump of it; --snapshot takes a snapshot instead';

const NO_ROWS =
  'is missing: a folder of migrations has no rows; it takes the URL of a database that has them, or a dump of it; --snapshot makes some';

/** As it is typed, without a secret. */
export function originWords(origin: Origin): [flag: string, value: string] {
  if (origin.kind === 'snapshot') return ['--snapshot', origin.snapshot.path];
  return ['--from', origin.kind === 'dump' ? origin.dump.path : urlWithoutSecrets(origin.url)];
}

/** How a source is made where it is no database. */
interface Making {
  /** Whether no row is to reach the terminal. */
  hidesRows: boolean;
  /** Of the folder that gives a snapshot its schema; undefined where there is none. */
  plan: MigrationPlan | undefined;
}

/** Runs `use` with the source, in one snapshot. A restored one is gone afterwards. */
export const withOrigin = <T>(
  origin: Origin,
  { hidesRows, plan }: Making,
  io: Io,
  use: (source: Source) => Promise<T>,
): Promise<T> => {
  const open = (place: SourcePlace): Promise<T> => withSource(place, io.signal, use);
  if (origin.kind === 'database') return open({ login: catalogLogin(origin.url) });
  if (origin.kind === 'snapshot') return withRebuilt({ ...origin, plan }, io, open);
  return withRestored(origin.dump, hidesRows, io, open);
};
