import { execFile } from 'node:child_process';
import { chown, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RunError } from '../../model/errors.ts';
import type { ServerAccount } from './server-account.ts';
import { initdbArguments } from './server-settings.ts';

const run = promisify(execFile);

/** Where a server lives: a directory it owns, the account it runs as, and the programs it runs. */
export interface Home {
  path: string;
  account: ServerAccount | undefined;
  major: number;
  binaries: string;
}

export const dataDirectory = (home: Home): string => join(home.path, 'data');

/** Creates the cluster with superuser `postgres`. The password reaches initdb in a file, not on a command line. */
export async function createCluster(home: Home, password: string, signal: AbortSignal): Promise<void> {
  const passwordFile = join(home.path, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (home.account) await chown(passwordFile, home.account.uid, home.account.gid);
  const places = [
    `--pgdata=${dataDirectory(home)}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--no-sync',
  ];
  try {
    await run(join(home.binaries, 'initdb'), [...places, ...initdbArguments(home.major)], {
      cwd: home.path,
      ...home.account,
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      signal,
      // Ctrl-C is ours to handle: initdb must not receive it from the terminal.
      detached: true,
    } as Parameters<typeof run>[2]);
  } catch (cause) {
    signal.throwIfAborted();
    throw new RunError('The database cluster could not be created', {
      detail: (cause as { stderr?: string }).stderr ?? String(cause),
      remedy: 'Free space in the temporary directory, or name another one in TMPDIR.',
      cause,
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
}
