import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** A client program of PostgreSQL on this machine, such as pg_dump. */
export interface PostgresProgram {
  path: string;
  /** Of PostgreSQL: 15. */
  major: number;
}

/** All of this name in PATH and in the usual places, the oldest major first. */
export async function findPrograms(name: string): Promise<PostgresProgram[]> {
  const places = [...(await usualPlaces()), ...(process.env.PATH ?? '').split(delimiter).filter(Boolean)];
  const found: PostgresProgram[] = [];
  for (const place of new Set(places)) {
    const path = join(place, name);
    const major = await majorOf(path, name);
    if (major !== undefined) found.push({ path, major });
  }
  return found.toSorted((one, other) => one.major - other.major);
}

/** Where packages put the programs of one major, outside of PATH: in `bin` of directories of this name. */
const VERSIONS: readonly { parent: string; name: RegExp }[] = [
  // Debian. Its programs in PATH are a script that chooses by the clusters of the machine.
  { parent: '/usr/lib/postgresql', name: /^\d+$/ },
  // PostgreSQL's own packages for Red Hat and others.
  { parent: '/usr', name: /^pgsql-\d+$/ },
  // Homebrew on both kinds of Mac, and on Linux.
  ...['/opt/homebrew/opt', '/usr/local/opt', '/home/linuxbrew/.linuxbrew/opt'].map((parent) => ({
    parent,
    name: /^(postgresql(@\d+)?|libpq)$/,
  })),
  { parent: '/Applications/Postgres.app/Contents/Versions', name: /^\d+$/ },
];

async function usualPlaces(): Promise<string[]> {
  const places = VERSIONS.map(async ({ parent, name }) => {
    const versions = await readdir(parent).catch(() => []);
    return versions.filter((version) => name.test(version)).map((version) => join(parent, version, 'bin'));
  });
  return (await Promise.all(places)).flat();
}

const run = promisify(execFile);

/** Meanwhile a transaction is open in the source. */
const ANSWERS_WITHIN_MS = 5_000;

async function majorOf(path: string, name: string): Promise<number | undefined> {
  const output = await run(path, ['--version'], { timeout: ANSWERS_WITHIN_MS }).catch(() => undefined);
  const [, said, major] = /^(\w+) \(PostgreSQL\) (\d+)/.exec(output?.stdout ?? '') ?? [];
  return said === name ? Number(major) : undefined;
}
