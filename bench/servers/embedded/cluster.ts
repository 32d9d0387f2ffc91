import { execFile } from 'node:child_process';
import { chown, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RunError } from '../../model/errors.ts';
import type { ServerAccount } from './server-account.ts';
import { clusterIn, homeIn } from './server-processes.ts';
import { initdbArguments } from '../server-settings.ts';

const run = promisify(execFile);

/**
 * Where a server lives, the account it runs as, and the programs it runs. The directory is ours; the account may write
 * in one inside it only, and what this process writes stands outside of that.
 */
export interface Home {
  directory: string;
  account: ServerAccount | undefined;
  major: number;
  binaries: string;
}

/** Creates the cluster with superuser `postgres`. The password reaches initdb in a file, not on a command line. */
export async function createCluster(home: Home, password: string, signal: AbortSignal): Promise<void> {
  const passwordFile = join(home.directory, 'password');
  await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
  if (home.account) await chown(passwordFile, home.account.uid, home.account.gid);
  const places = [
    `--pgdata=${clusterIn(home.directory)}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--no-sync',
  ];
  try {
    await run(join(home.binaries, 'initdb'), [...places, ...initdbArguments(home.major)], {
      cwd: homeIn(home.directory),
      ...home.account,
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      signal,
      // Ctrl-C is ours to handle: initdb must not receive it from the terminal.
      detached: true,
    } as Parameters<typeof run>[2]);
  } catch (cause) {
    signal.throwIfAborted();
    throw creationFailure(cause);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function creationFailure(cause: unknown): RunError {
  const detail = (cause as { stderr?: string }).stderr ?? String(cause);
  return new RunError('The database cluster could not be created', {
    detail,
    remedy: /No space left|Disk quota/.test(detail)
      ? 'Free space in the temporary directory, or name another one in TMPDIR.'
      : 'What initdb says is above. TMPDIR names the directory that the cluster is made in.',
    cause,
  });
}
