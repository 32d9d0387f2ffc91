import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { urlWithoutSecrets } from '../../format/plain-text.ts';
import { shellCommand } from '../../format/shell.ts';
import { freeBytes } from '../../system/disk.ts';
import { programCommand } from '../../system/program.ts';
import { ONE_MACHINE } from '../../database/nodes.ts';
import type { Server } from '../../database/server.ts';
import { createCluster, type Home } from './cluster.ts';
import { copyingIn } from './copying.ts';
import { flushing } from './flushing.ts';
import { ownLogins } from '../own-server.ts';
import { BUNDLED_MAJOR } from '../server-settings.ts';
import type { Opening } from '../target.ts';
import { startPostmaster, type Postmaster } from './postmaster.ts';
import { refuseUnlessReachable } from './reachable-directory.ts';
import { removeOrphans, removeServer } from './remove-server.ts';
import { runnableBinaries } from './runnable-binaries.ts';
import { serverAccount } from './server-account.ts';
import { installedBinaries } from './server-binaries.ts';
import { keepServerDirectory, makeServerDirectory } from './server-directories.ts';
import { endedByItself, explainedByLog } from './server-log.ts';
import { homeIn } from './server-processes.ts';

export interface EmbeddedServerOptions extends Pick<
  Opening,
  'settings' | 'sessionSettings' | 'keep' | 'signal'
> {
  /** Of PostgreSQL; others than the bundled one have to be added first. @default the bundled one */
  major?: number;
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
    const value = await withPostmaster({ home, password }, options, use);
    kept = options.keep;
    return value;
  } finally {
    if (!kept) await removeServer(directory);
  }
}

interface Cluster {
  home: Home;
  password: string;
}

async function withPostmaster<T>(
  cluster: Cluster,
  options: EmbeddedServerOptions,
  use: (server: Server) => Promise<T>,
): Promise<T> {
  const { directory } = cluster.home;
  const running = { postmaster: await startPostmaster(cluster.home, options.settings, options.signal) };
  let kept = false;
  try {
    const server = await embeddedServer(cluster, running, options);
    const value = await use(server);
    if (options.keep) await keep(directory, server);
    kept = options.keep;
    return value;
  } catch (cause) {
    if (options.signal.aborted) throw cause;
    const explain = running.postmaster.isRunning() ? explainedByLog : endedByItself;
    throw await explain(directory, cause);
  } finally {
    await (kept ? running.postmaster.release() : running.postmaster.discard());
  }
}

async function keep(directory: string, { admin, owner }: Server): Promise<void> {
  await writePassfile(directory, [admin().url, owner('postgres').url]);
  await keepServerDirectory(directory);
}

async function embeddedServer(
  { home, password }: Cluster,
  /** Another one after each restart. */
  running: { postmaster: Postmaster },
  options: EmbeddedServerOptions,
): Promise<Server> {
  const { directory, major } = home;
  const { settings, signal } = options;
  const urlOf = (database = 'postgres'): string =>
    `postgres://postgres:${password}@127.0.0.1:${running.postmaster.port}/${encodeURIComponent(database)}`;
  const logins = await ownLogins(urlOf, options);
  return {
    ...logins,
    ...ONE_MACHINE,
    target: 'embedded',
    namePrefix: 'index_impact',
    isOurs: true,
    copying: await copyingIn(directory, major),
    get processId() {
      return running.postmaster.pid;
    },
    restart: async () => {
      await running.postmaster.stop();
      running.postmaster = await startPostmaster(home, settings, signal);
    },
    flush: flushing(directory),
    room: async () => ({
      bytes: await freeBytes(directory),
      limit: `that is what the disk of ${directory} has left`,
    }),
    connectCommand: (database) => connectCommand(directory, logins.owner(database).url),
    stopCommand: programCommand('stop', directory),
  };
}

/** The server's account gets a directory of its own inside ours, which it may enter but not list. */
async function prepareHome(directory: string, major: number, installed: string): Promise<Home> {
  const account = await serverAccount();
  const path = homeIn(directory);
  await mkdir(path, { mode: 0o700 });
  if (account) {
    await chmod(directory, 0o711);
    await chown(path, account.uid, account.gid);
    await refuseUnlessReachable(directory, account);
  }
  return { directory, account, major, binaries: await runnableBinaries(installed, directory, account) };
}

const passfile = (directory: string): string => join(directory, 'passfile');

/**
 * What libpq needs to get in, for nobody but this user (PostgreSQL manual, 32.16 "The Password File").
 *
 * @param urls with roles and passwords in which no colon and no backslash stands
 */
function writePassfile(directory: string, urls: readonly string[]): Promise<void> {
  const lines = urls
    .map((url) => new URL(url))
    .map(({ hostname, port, username, password }) => `${hostname}:${port}:*:${username}:${password}\n`);
  return writeFile(passfile(directory), lines.join(''), { mode: 0o600, flag: 'wx' });
}

/** A password among the arguments of psql could be read by every user of the machine. */
const connectCommand = (directory: string, url: string): string =>
  shellCommand(['psql', urlWithoutSecrets(url)], { PGPASSFILE: passfile(directory) });
