import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** A pg_dump of this machine. */
export interface PgDump {
  path: string;
  /** Of PostgreSQL: 15. */
  major: number;
}

/**
 * The pg_dump of this machine that fits best; undefined where none does. It refuses servers newer than itself, and what it
 * prints is for servers of its own major or later (PostgreSQL manual, pg_dump, "Notes").
 *
 * @param source major of the server that it reads
 * @param rebuilt major of the server that runs what it prints
 */
export async function findPgDump(source: number, rebuilt: number): Promise<PgDump | undefined> {
  const places = [...(await usualPlaces()), ...(process.env.PATH ?? '').split(delimiter).filter(Boolean)];
  const found: PgDump[] = [];
  for (const place of new Set(places)) {
    const path = join(place, 'pg_dump');
    const major = await majorOf(path);
    if (major !== undefined && major >= source && major <= rebuilt) found.push({ path, major });
  }
  return found.toSorted((one, other) => one.major - other.major)[0];
}

/** Where packages put the programs of one major, outside of PATH: in `bin` of directories of this name. */
const VERSIONS: readonly { parent: string; name: RegExp }[] = [
  // Debian. Its pg_dump in PATH is a script that chooses by the clusters of the machine.
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

async function majorOf(path: string): Promise<number | undefined> {
  const output = await run(path, ['--version'], { timeout: ANSWERS_WITHIN_MS }).catch(() => undefined);
  const [, major] = /^pg_dump \(PostgreSQL\) (\d+)/.exec(output?.stdout ?? '') ?? [];
  return major === undefined ? undefined : Number(major);
}
