import { withConnection } from '../../database/connection.ts';
import { createDatabase } from '../../database/databases.ts';
import { catalogLogin } from '../../database/login.ts';
import { databaseName, type Server } from '../../database/server.ts';
import { bytes } from '../../format/quantity.ts';
import { Phases } from '../../run/phases.ts';
import { dumpedFile, type DumpFile } from '../../source/dump/dump-file.ts';
import { UNKNOWN_LOCALE } from '../../source/dump/dump-locale.ts';
import { localeOfDump, sqlOf } from '../../source/dump/dump-sql.ts';
import { statementsOfDump } from '../../source/dump/dump-statements.ts';
import type { ShownDump } from '../../source/dump/restore-error.ts';
import { restoreDump } from '../../source/dump/restore-dump.ts';
import type { Restored, SourcePlace } from '../../source/open-source.ts';
import type { Io } from '../io.ts';
import { withProgress } from '../with-progress.ts';
import { withRestoringServer } from './restoring-server.ts';

/**
 * Restores a dump on a private server, and runs `use` with it. Nothing is left of it afterwards, whatever happens in between.
 *
 * @param hidesRows whether no row is to reach the terminal
 * @throws RunError where the dump cannot be restored
 */
export const withRestored = <T>(
  dump: DumpFile,
  hidesRows: boolean,
  io: Pick<Io, 'stderr' | 'env' | 'signal'>,
  use: (place: SourcePlace) => Promise<T>,
): Promise<T> =>
  withRestoringServer(dump, io.signal, async (server, major) => {
    const database = databaseName(server, 'source');
    const describe = (size: number): string => `${bytes(size)} of SQL, on PostgreSQL ${major}`;
    const found = await withProgress(io, async (progress) => {
      let done = 0;
      const restore = (): Promise<Omit<Restored, 'file'>> =>
        restored({ ...dump, hidesRows }, { server, database }, io.signal, (size) => {
          progress.phaseAdvanced(describe((done += size)));
        });
      return new Phases(progress, () => undefined).during('restore', restore, () => describe(done));
    });
    const login = { ...catalogLogin(server.admin(database).url), environment: 'ignored' as const };
    return use({ login, restored: { file: dumpedFile(dump), ...found } });
  });

/**
 * Restores a dump into a new database.
 *
 * @param read told how many bytes of SQL have come
 */
async function restored(
  dump: DumpFile & ShownDump,
  { server, database }: { server: Server; database: string },
  signal: AbortSignal,
  read: (bytes: number) => void,
): Promise<Omit<Restored, 'file'>> {
  const locale = await localeOfDump(dump, signal);
  await createDatabase({ server, signal }, database, locale);
  const chunks = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of sqlOf(dump, signal)) {
      read(chunk.length);
      yield chunk;
    }
  };
  const statements = statementsOfDump(chunks(), dump.path);
  const leftOut = await withConnection(server.owner(database), signal, (owner) =>
    withConnection(server.admin(database), signal, (superuser) =>
      restoreDump(statements, { owner, superuser, signal }, dump),
    ),
  );
  return { locale, leftOut: locale ? leftOut : [UNKNOWN_LOCALE, ...leftOut] };
}
