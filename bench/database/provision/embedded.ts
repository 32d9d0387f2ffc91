import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { shellCommand } from '../../model/shell.ts';
import type { Server } from '../server.ts';
import { createCluster, type Home } from './cluster.ts';
import { connectCommand, writePassfile } from './passfile.ts';
import { endedByItself, startPostmaster, type Postmaster } from './postmaster.ts';
import { ownLogins } from './own-server.ts';
import { keepServerDirectory, makeServerDirectory, removeOrphans } from './server-directories.ts';
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
 * address, in its own process group. Stopped and removed afterwards, whatever happens in between; what a killed
 * process has left of such a server is removed before.
 */
export async function withEmbeddedServer<T>(
  options: EmbeddedServerOptions,
  use: (server: Server) => Promise<T>,
): Promise<T> {
  const { major = BUNDLED_MAJOR, signal } = options;
  const installed = installedBinaries(major);
  await removeOrphans();
  const directory = await makeServerDirectory();
  let kept = false;
  try {
    const home = await prepareHome(directory, major, installed);
    const password = randomBytes(18).toString('base64url');
    await createCluster(home, password, signal);
    const running = { postmaster: await startPostmaster(home, options.settings, signal) };
    try {
      const server = await embeddedServer({ home, directory, password, running }, options);
      const value = await use(server);
      if (options.keep) await keep(directory, server);
      kept = options.keep;
      return value;
    } catch (cause) {
      if (signal.aborted || running.postmaster.isRunning()) throw cause;
      throw await endedByItself(home, cause);
    } finally {
      await (kept ? running.postmaster.release() : running.postmaster.stop());
    }
  } finally {
    if (!kept) await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function keep(directory: string, { admin, owner }: Server): Promise<void> {
  await writePassfile(directory, [admin().url, owner('postgres').url]);
  await keepServerDirectory(directory);
}

interface Place {
  home: Home;
  directory: string;
  password: string;
  /** Another one after each restart. */
  running: { postmaster: Postmaster };
}

async function embeddedServer(
  { home, directory, password, running }: Place,
  { settings, signal }: EmbeddedServerOptions,
): Promise<Server> {
  const urlOf = (database = 'postgres'): string =>
    `postgres://postgres:${password}@127.0.0.1:${running.postmaster.port}/${encodeURIComponent(database)}`;
  const logins = await ownLogins(urlOf, settings, signal);
  return {
    ...logins,
    target: 'embedded',
    namePrefix: 'index_impact',
    copiesFiles: home.major >= 15,
    get processId() {
      return running.postmaster.pid;
    },
    restart: async () => {
      await running.postmaster.stop();
      running.postmaster = await startPostmaster(home, settings, signal);
    },
    room: async () => {
      const { bavail, bsize } = await statfs(directory);
      return { bytes: bavail * bsize, limit: `that is what the disk of ${directory} has left` };
    },
    connectCommand: (database) => connectCommand(directory, logins.owner(database).url),
    get stopCommand() {
      return `kill -INT ${running.postmaster.pid}; sleep 2; ${shellCommand(['rm', '-r', directory])}`;
    },
  };
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
