import { execFile } from 'node:child_process';
import { chmod, cp, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { RunError } from '../../model/errors.ts';
import type { ServerAccount } from './server-account.ts';

const run = promisify(execFile);

/**
 * These binaries, or a copy of them below `directory` where they cannot be run as they are installed: the server's
 * account may not enter that place, or the package's install script has not been carried out (npm's --ignore-scripts).
 *
 * @throws RunError when the copy cannot be run either
 */
export async function runnableBinaries(
  installed: string,
  directory: string,
  account: ServerAccount | undefined,
): Promise<string> {
  if ((await failureOf(installed, directory, account)) === undefined) return installed;
  const copy = join(directory, 'postgresql', 'native');
  await cp(dirname(installed), copy, { recursive: true, verbatimSymlinks: true });
  await addLinks(join(directory, 'postgresql'));
  await openToAll(join(directory, 'postgresql'));
  const failure = await failureOf(join(copy, 'bin'), directory, account);
  if (failure === undefined) return join(copy, 'bin');
  throw new RunError("PostgreSQL's programs cannot be run", {
    detail: failure,
    remedy: failure.includes('EACCES')
      ? 'Name a directory in TMPDIR on a file system that programs may be run from.'
      : `They were installed in ${dirname(installed)}: install the packages again, on this machine, with "npm ci".`,
  });
}

/** What a program says, or the system of it, where it cannot be run. */
function failureOf(
  binaries: string,
  cwd: string,
  account: ServerAccount | undefined,
): Promise<string | undefined> {
  return run(join(binaries, 'postgres'), ['--version'], { cwd, ...account }).then(
    () => undefined,
    (error: unknown) => [(error as { stderr?: string }).stderr?.trim(), String(error)].find(Boolean),
  );
}

/** npm's packages hold no links: the libraries' further names stand in a list for the install script. */
async function addLinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[])
    await symlink(relative(dirname(target), source), join(root, target)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
}

/** Whatever the umask was that they were installed with. */
async function openToAll(root: string): Promise<void> {
  await chmod(root, 0o755);
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const isProgram = entry.isDirectory() || entry.parentPath.endsWith('/bin');
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}
