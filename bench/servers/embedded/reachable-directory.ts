import { execFile } from 'node:child_process';
import { lstat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { RunError } from '../../model/errors.ts';
import type { ServerAccount } from './server-account.ts';

const run = promisify(execFile);

/**
 * The server names its directory by its whole path, so that its account has to be able to come there.
 *
 * @throws RunError with the first directory on the way that it may not enter
 */
export async function refuseUnlessReachable(directory: string, account: ServerAccount): Promise<void> {
  if (await canEnter(directory, account)) return;
  for (const ancestor of ancestorsOf(directory)) {
    if (await canEnter(ancestor, account)) continue;
    const mode = ((await lstat(ancestor)).mode & 0o7777).toString(8).padStart(4, '0');
    throw new RunError(`PostgreSQL cannot run in ${dirname(directory)}`, {
      detail: `PostgreSQL refuses to run as root and runs as the user "${account.name}", who may not enter ${ancestor} (mode ${mode}).`,
      remedy: 'Name a directory in TMPDIR that every user may enter, such as /tmp.',
    });
  }
}

/** Asked of the system: more than the mode may decide, such as an access control list. */
const canEnter = (directory: string, account: ServerAccount): Promise<boolean> =>
  run('sh', ['-c', 'cd -- "$1"', 'sh', directory], { cwd: '/', ...account }).then(
    () => true,
    () => false,
  );

/** From the root down, the directory itself last. */
function ancestorsOf(directory: string): string[] {
  const above = dirname(directory);
  return [...(above === directory ? [] : ancestorsOf(above)), directory];
}
