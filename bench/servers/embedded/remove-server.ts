import { execFile } from 'node:child_process';
import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { RunError } from '../../model/errors.ts';
import { programCommand } from '../../system/program.ts';
import type { Leftover } from '../target.ts';
import { listServerDirectories, serverUids, type DirectoryState } from './server-directories.ts';
import { endProcesses, homeIn } from './server-processes.ts';

const run = promisify(execFile);

/** Ends the servers that killed processes have left behind, and removes their directories. */
export async function removeOrphans(): Promise<void> {
  for (const { path, state } of await listServerDirectories())
    if (state === 'orphaned') await removeServer(path);
}

/** Servers of this user, whoever uses them. */
export async function leftServers(): Promise<Leftover[]> {
  const directories = await listServerDirectories();
  return directories.map(({ path, state }) => ({
    name: path,
    description: `an embedded server, ${DESCRIPTIONS[state]}`,
    isOrphaned: state === 'orphaned' || state === 'ended',
    remove: () => removeServer(path),
  }));
}

const DESCRIPTIONS: Record<DirectoryState, string> = {
  'in use': 'in use',
  kept: 'kept',
  ended: 'kept, and no longer running',
  orphaned: 'orphaned',
};

/**
 * Ends the processes of a server, politely at first, and removes its directory.
 *
 * @param directory one that has been found to be ours
 * @returns whether any of its processes was running
 */
export async function removeServer(directory: string): Promise<boolean> {
  const ended = await endProcesses(directory, await serverUids(directory));
  await emptyHome(homeIn(directory));
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  return ended > 0;
}

const ATTEMPTS = 5;

/**
 * What belongs to the server's account is removed with its rights only: whatever it puts in the place of a directory
 * while that is being walked through, nothing is removed that it could not have removed itself.
 */
async function emptyHome(home: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    // Another process may be removing the same directory, and be faster.
    const owner = await lstat(home).catch(() => undefined);
    if (!owner || owner.uid === process.getuid?.()) return;
    // By names relative to where they are, for the account may not be able to come here from elsewhere.
    const account = { cwd: home, uid: owner.uid, gid: owner.gid };
    const contents = (await readdir(home).catch(() => [])).map((name) => `./${name}`);
    try {
      if (contents.length > 0) await run('rm', ['-rf', ...contents], account);
      await rmdir(home);
      return;
    } catch (cause) {
      if (attempt === ATTEMPTS) throw remains(home, cause);
      await run('chmod', ['-R', 'u+rwX', ...contents], account).catch(() => undefined);
      await sleep(100);
    }
  }
}

const remains = (home: string, cause: unknown): RunError =>
  new RunError(`What a server has left in ${home} could not be removed`, {
    detail: (cause as { stderr?: string }).stderr ?? String(cause),
    remedy: `Something still writes there: end it, then remove the rest with\n  ${programCommand('clean')}`,
    cause,
  });
