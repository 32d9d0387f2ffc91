import { catalogLogin } from '../../database/login.ts';
import type { FlagReader } from '../../flags/flag-reader.ts';
import { urlWithoutSecrets } from '../../format/plain-text.ts';
import { examineDump, type DumpFile } from '../../source/dump/dump-file.ts';
import { withSource, type Source } from '../../source/open-source.ts';
import type { Io } from '../io.ts';
import * as flags from './flags.ts';
import { withRestored } from './with-restored.ts';

/** Where a source is: somebody's server, or a dump that is restored first. */
export type Origin =
  | {
      kind: 'database';
      /** Never shown. */
      url: string;
    }
  | { kind: 'dump'; dump: DumpFile };

/** What `--from` names. What is wrong with it, or with a dump's missing `--queries`, are problems. */
export async function chosenOrigin(read: FlagReader): Promise<Origin> {
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

const MISSING = 'is missing; it takes the URL of the database to read, or a dump of it';

const NO_ROWS =
  'is missing: a folder of migrations has no rows; it takes the URL of a database that has them, or a dump of it';

/** As `--from` takes it, without a secret. */
export const originWord = (origin: Origin): string =>
  origin.kind === 'dump' ? origin.dump.path : urlWithoutSecrets(origin.url);

/**
 * Runs `use` with the source, in one snapshot. A restored one is gone afterwards.
 *
 * @param hidesRows whether no row is to reach the terminal
 */
export const withOrigin = <T>(
  origin: Origin,
  hidesRows: boolean,
  io: Io,
  use: (source: Source) => Promise<T>,
): Promise<T> =>
  origin.kind === 'database'
    ? withSource({ login: catalogLogin(origin.url) }, io.signal, use)
    : withRestored(origin.dump, hidesRows, io, (place) => withSource(place, io.signal, use));
