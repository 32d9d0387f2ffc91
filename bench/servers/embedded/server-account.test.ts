import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownDirectories } from '../../../tests/fixtures/own-directories.ts';
import { withEmbeddedServer } from './embedded.ts';
import { freeAccount, serverAccount } from './server-account.ts';
import { serverSettings } from '../server-settings.ts';

const own = ownDirectories();

describe.runIf(process.getuid?.() === 0)('the user that a server runs as', () => {
  let place: string;
  const running: ChildProcess[] = [];
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'foreign-'));
    await chmod(place, 0o755);
  });
  afterEach(async () => {
    for (const child of running.splice(0)) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(place, { recursive: true });
  });

  /** A process of somebody else's PostgreSQL, as far as anybody can tell from outside. */
  async function foreignServerOf({ uid, gid }: { uid: number; gid: number }): Promise<void> {
    const program = join(place, 'postgres');
    await copyFile('/bin/sleep', program).catch(() => undefined);
    await chmod(program, 0o755);
    const child = spawn(program, ['600'], { uid, gid, cwd: place, stdio: 'ignore' });
    running.push(child);
    await once(child, 'spawn');
  }

  const chosen = async () => {
    const account = await serverAccount();
    if (!account) throw new Error('root has to choose one');
    return account;
  };

  test('is never the one of packaged clusters, which take it for their superuser', async () => {
    expect((await chosen()).name).not.toBe('postgres');
  });

  test('runs no PostgreSQL of somebody else', async () => {
    const first = await chosen();
    await foreignServerOf(first);
    expect((await chosen()).uid).not.toBe(first.uid);
  });

  test('may run others of ours', async () => {
    const first = await chosen();
    const options = { settings: serverSettings(0.25), keep: false, signal: new AbortController().signal };
    await withEmbeddedServer(options, async () => {
      process.env.TMPDIR = place;
      expect(await chosen()).toEqual(first);
      process.env.TMPDIR = own.temporary;
    });
  });
});

test('where each of the users runs a PostgreSQL, what they run is said', () => {
  const accounts = [
    { name: 'nobody', uid: 65534, gid: 65534 },
    { name: 'daemon', uid: 1, gid: 1 },
  ];
  const foreign = [
    { pid: 12, uid: 65534, workingDirectory: '/srv/a' },
    { pid: 34, uid: 1, workingDirectory: '/srv/b' },
  ];
  expect(freeAccount(accounts, foreign.slice(0, 1)).name).toBe('daemon');
  expect(() => freeAccount(accounts, foreign)).toThrow(
    expect.objectContaining({
      message: 'PostgreSQL does not run as root, and no unprivileged user was found',
      detail:
        'nobody runs a PostgreSQL: process 12, in /srv/a\ndaemon runs a PostgreSQL: process 34, in /srv/b',
      remedy: expect.stringContaining('Run as an ordinary user') as string,
    }),
  );
});
