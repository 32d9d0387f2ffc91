import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunError } from '../../model/errors.ts';
import type { Server } from '../server.ts';
import { createCluster, type Home } from './cluster.ts';
import { startPostmaster } from './postmaster.ts';
import { serverAccount } from './server-account.ts';
import { installedBinaries, reachableBinaries } from './server-binaries.ts';
import { BUNDLED_MAJOR } from './server-settings.ts';

export interface EmbeddedServerOptions {
  /** Of PostgreSQL; others than the bundled one have to be added first. @default the bundled one */
  major?: number;
  settings: Record<string, string>;
  /** Leave the server running, and its directory in place, once `use` has succeeded. */
  keep: boolean;
  /** Aborts the start; a running `use` has to watch it itself. */
  signal: AbortSignal;
}

/**
 * Runs `use` with a private PostgreSQL: a new cluster in a new directory, on a free port of the loopback
 * address, in its own process group. Stopped and removed afterwards, whatever happens in between.
 */
export async function withEmbeddedServer<T>(
  options: EmbeddedServerOptions,
  use: (server: Server) => Promise<T>,
): Promise<T> {
  const { major = BUNDLED_MAJOR } = options;
  const installed = installedBinaries(major);
  const directory = await privateDirectory();
  let kept = false;
  try {
    const home = await prepareHome(directory, major, installed);
    const password = randomBytes(18).toString('base64url');
    await createCluster(home, password, options.signal);
    let postmaster = await startPostmaster(home, options.settings, options.signal);
    try {
      const value = await use({
        target: 'embedded',
        namePrefix: 'index_impact',
        copiesFiles: major >= 15,
        get processId() {
          return postmaster.pid;
        },
        url: (database = 'postgres') =>
          `postgres://postgres:${password}@127.0.0.1:${postmaster.port}/${encodeURIComponent(database)}`,
        restart: async () => {
          await postmaster.stop();
          postmaster = await startPostmaster(home, options.settings, options.signal);
        },
        room: async () => {
          const { bavail, bsize } = await statfs(directory);
          return { bytes: bavail * bsize, limit: `that is what the disk of ${directory} has left` };
        },
        get stopCommand() {
          return `kill -INT ${postmaster.pid}; sleep 2; rm -r ${directory}`;
        },
      });
      kept = options.keep;
      return value;
    } finally {
      await (kept ? postmaster.release() : postmaster.stop());
    }
  } finally {
    if (!kept) await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function privateDirectory(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'index-impact-'));
  } catch (cause) {
    throw new RunError(`No directory for the server could be made in ${tmpdir()}`, {
      detail: (cause as Error).message,
      remedy: 'Free space there, or name another place in TMPDIR.',
      cause,
    });
  }
}

/** The server's account gets a directory of its own inside ours, which it may enter but not list. */
async function prepareHome(directory: string, major: number, installed: string): Promise<Home> {
  const account = serverAccount();
  const path = join(directory, 'server');
  await mkdir(path, { mode: 0o700 });
  if (account) {
    await chmod(directory, 0o711);
    await chown(path, account.uid, account.gid);
  }
  return { path, account, major, binaries: await reachableBinaries(installed, directory, account) };
}
