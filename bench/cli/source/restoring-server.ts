import type { Server } from '../../database/server.ts';
import { bytes } from '../../format/quantity.ts';
import { RunError } from '../../model/errors.ts';
import { withEmbeddedServer } from '../../servers/embedded/embedded.ts';
import { isInstalled } from '../../servers/embedded/server-binaries.ts';
import { BUNDLED_MAJOR, serverSettings } from '../../servers/server-settings.ts';
import { leastBytes, type DumpFile } from '../../source/dump/dump-file.ts';
import { majorOf } from '../../source/dump/dump-header.ts';
import { noRoom } from '../../source/dump/restore-error.ts';
import { shownPath } from '../../system/named-file.ts';

/** Nothing of the server outlives this process: it need not wait for the disk, and keeps little of its log there. */
const RESTORING = {
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_size: '1GB',
  min_wal_size: '80MB',
};

/** Of a dump an index may take as long as it likes. */
const NO_TIMEOUT = '0';

/** Little memory: most of it is for the server that measures. */
const SCALE = 0.25;

/**
 * Runs `use` with a private server that takes a dump, which is gone afterwards.
 *
 * @throws RunError where no server here takes it, or the disk has no room for it
 */
export const withRestoringServer = <T>(
  dump: DumpFile,
  signal: AbortSignal,
  use: (server: Server, major: number) => Promise<T>,
): Promise<T> => {
  const major = restoringMajor(dump);
  return withScratchServer({ major, statementTimeout: NO_TIMEOUT }, signal, async (server) => {
    await refuseUnlessItFits(dump, server);
    return use(server, major);
  });
};

/** Runs `use` with a private server that keeps nothing, which is gone afterwards. */
export function withScratchServer<T>(
  { major, statementTimeout }: { major: number; statementTimeout: string },
  signal: AbortSignal,
  use: (server: Server) => Promise<T>,
): Promise<T> {
  const settings = { ...serverSettings(SCALE, major), ...RESTORING, statement_timeout: statementTimeout };
  return withEmbeddedServer({ major, settings, keep: false, signal }, use);
}

/** The dump's, where that is installed. What a later pg_dump has written, an earlier server may not take. */
function restoringMajor({ path, header: { version } }: DumpFile): number {
  const dumped = version === undefined ? BUNDLED_MAJOR : majorOf(version);
  if (isInstalled(dumped)) return dumped;
  if (dumped < BUNDLED_MAJOR) return BUNDLED_MAJOR;
  throw new RunError(`${shownPath(path)} was dumped from PostgreSQL ${version}`, {
    detail: `  The newest that can be started here is ${BUNDLED_MAJOR}, which may not take it.`,
    remedy: `Restore the dump on a server of ${dumped} or later, and read that: --from postgres://...`,
  });
}

async function refuseUnlessItFits(dump: DumpFile, { room }: Server): Promise<void> {
  const [needed, { bytes: free, limit }] = [await leastBytes(dump), await room()];
  if (needed <= free) return;
  throw noRoom(dump.path, `It takes about ${bytes(needed)} at least; ${bytes(free)} are left: ${limit}.`);
}
