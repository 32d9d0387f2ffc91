import { execFileSync } from 'node:child_process';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ownDirectories } from '../../../tests/fixtures/own-directories.ts';
import { isSessionLoss, withConnection, type Connection } from '../../database/connection.ts';
import type { Server } from '../../database/server.ts';
import { createCluster } from './cluster.ts';
import { withEmbeddedServer } from './embedded.ts';
import { isRunning, processIdentity, signal } from '../../system/process-identity.ts';
import { removeOrphans, removeServer } from './remove-server.ts';
import { serverAccount } from './server-account.ts';
import { listServerDirectories, makeServerDirectory } from './server-directories.ts';
import { homeIn } from './server-processes.ts';
import { BUNDLED_MAJOR, serverSettings } from '../server-settings.ts';

const never = new AbortController().signal;
const options = { settings: serverSettings(0.25), keep: false, signal: never };
const own = ownDirectories();

/** The name of a directory whose process has ended, and which nobody has kept. */
const orphanName = (): string =>
  `index-impact-9-9-${processIdentity(process.pid).split('-')[2] ?? ''}-abcdef`;

/** Runs `use` with a place where whoever runs a server of their own does not have ours in mind. */
async function elsewhere<T>(use: (server: Server) => Promise<T>): Promise<T> {
  const theirs = await mkdtemp(join(tmpdir(), 'theirs-'));
  await chmod(theirs, 0o755);
  const ours = process.env.TMPDIR;
  process.env.TMPDIR = theirs;
  try {
    return await withEmbeddedServer(options, (server) => {
      process.env.TMPDIR = ours;
      return use(server);
    });
  } finally {
    process.env.TMPDIR = ours;
    await rm(theirs, { recursive: true, force: true });
  }
}

const planted = {
  'a directory of ours': (path: string) => mkdir(path),
  'a link to a directory of ours': async (path: string) => {
    await mkdir(join(own.out, 'target'));
    await symlink(join(own.out, 'target'), path);
  },
};

test.each(Object.entries(planted))(
  'a server that only mentions %s, in the name of a database, is not ended',
  async (_, plant) => {
    const path = join(own.temporary, orphanName());
    await elsewhere(async (server) => {
      const name = `${path}/x`;
      await withConnection(server.admin(), never, (session) => session.query(`CREATE DATABASE "${name}"`));
      const login = { ...server.admin(), url: `${server.admin('').url}${name}` };
      await withConnection(login, never, async (session) => {
        await plant(path);
        await removeOrphans();
        expect((await session.query('SELECT 1 AS one')).rows).toEqual([{ one: '1' }]);
      });
    });
    await rm(path, { recursive: true, force: true });
  },
);

test.each([
  ['a link', async (path: string) => symlink(own.out, path)],
  [
    'a directory that others may write in',
    async (path: string) => {
      await mkdir(path);
      await chmod(path, 0o777);
    },
  ],
])('%s with the name of an orphan is neither listed nor removed', async (_, make) => {
  const path = join(own.temporary, orphanName());
  await make(path);
  expect(await listServerDirectories()).toEqual([]);
  await removeOrphans();
  expect(await readdir(own.temporary)).toEqual([orphanName()]);
  await rm(path, { recursive: true });
});

describe.runIf(process.getuid?.() === 0)("what the server's account may change", () => {
  const asAccount = (uid: number, command: string) => execFileSync('sh', ['-c', command], { uid, gid: uid });

  /** Plants a link to a file of root's wherever root is known to write in the directory of the server's account. */
  test('a link in its directory does not lead root to write to what it points at', async () => {
    const victim = join(own.out, 'victim');
    await writeFile(victim, 'untouched', { mode: 0o600 });
    await withEmbeddedServer(options, async (server) => {
      const [directory = ''] = await readdir(own.temporary);
      const home = join(own.temporary, directory, 'server');
      const { uid } = await lstat(home);
      for (const name of ['server.log', 'password', 'passfile'])
        asAccount(uid, `ln -sf ${victim} ${home}/${name}`);
      await server.restart?.();
    });
    expect(await readFile(victim, 'utf8')).toBe('untouched');
    expect((await lstat(victim)).uid).toBe(0);
  });

  test('a link in the place of the password file does not lead root to overwrite what it points at', async () => {
    const victim = join(own.out, 'victim');
    await writeFile(victim, 'untouched', { mode: 0o600 });
    const account = await serverAccount();
    const directory = await makeServerDirectory();
    const path = join(directory, 'server');
    await mkdir(path);
    await symlink(victim, join(path, 'password'));
    const home = { directory, path, account, major: BUNDLED_MAJOR, binaries: '/nowhere' };
    await expect(createCluster(home, 'secret', never)).rejects.toThrow('could not be created');
    expect(await readFile(victim, 'utf8')).toBe('untouched');
    expect((await lstat(victim)).uid).toBe(0);
    await removeServer(directory);
  });
});

test('a session of a server that was killed does not go on for ever', async () => {
  const interruption = new AbortController();
  const backend = await withEmbeddedServer(options, async (server) => {
    let backend = '';
    const busy = withConnection(server.admin(), interruption.signal, async (session) => {
      backend = processIdentity(await pidOf(session));
      await session.query('DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$');
    });
    busy.catch(() => undefined);
    while (!(await isBusy(server))) await sleep(20);
    process.kill(server.processId ?? 0, 'SIGKILL');
    interruption.abort(new Error('enough'));
    return backend;
  });
  const wasLeft = isRunning(backend);
  signal(backend, 'SIGKILL');
  expect(wasLeft).toBe(false);
});

async function pidOf(session: Connection): Promise<number> {
  const { rows } = await session.query<{ pid: string }>('SELECT pg_backend_pid() AS pid');
  return Number(rows[0]?.pid);
}

async function isBusy(server: Server): Promise<boolean> {
  const busy = "SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'DO %'";
  return withConnection(
    server.admin(),
    never,
    async (session) => (await session.query(busy)).rows.length > 0,
  );
}

const inSession = (server: Server, use: (session: Connection) => Promise<unknown>): Promise<unknown> =>
  withConnection(server.admin(), never, use);

const killed = async (session: Connection): Promise<unknown> => {
  process.kill(await pidOf(session), 'SIGKILL');
  return session.query('SELECT pg_sleep(60)');
};

const unlessLost = (error: unknown): void => {
  if (!isSessionLoss(error)) throw error;
};

test('why a session has ended is said with the log, which goes with the server', async () => {
  const crash = (server: Server) => inSession(server, killed);
  const failure: unknown = await withEmbeddedServer(options, crash).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    message: 'The session with the server has ended',
    detail: expect.stringMatching(/\(PID \d+\) was terminated by signal 9/) as string,
    remedy: expect.stringContaining('log and disk tell is above') as string,
  });
});

test('why no session opens after a crash is said with the log', async () => {
  const crash = async (server: Server): Promise<never> => {
    for (;;) {
      await inSession(server, killed).catch(unlessLost);
      await inSession(server, () => Promise.resolve()).catch(unlessLost);
    }
  };
  const failure: unknown = await withEmbeddedServer(options, crash).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    message: expect.stringMatching(/^No connection to database/) as string,
    detail: expect.stringMatching(/\(PID \d+\) was terminated by signal 9/) as string,
    remedy: expect.stringContaining('log and disk tell is above') as string,
  });
});

test.skipIf(process.getuid?.() !== 0)('several processes may remove what one has left, at once', async () => {
  const path = join(own.temporary, orphanName());
  const home = homeIn(path);
  await mkdir(join(home, 'data'), { recursive: true });
  const account = await serverAccount();
  if (!account) throw new Error('root runs servers under another account');
  await chmod(path, 0o711);
  for (const directory of [join(home, 'data'), home]) await chown(directory, account.uid, account.gid);
  await Promise.all(Array.from({ length: 8 }, () => removeServer(path)));
  expect(await readdir(own.temporary)).toEqual([]);
});
