import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { readSqlFile, type SqlFile } from '../../database/sql-file.ts';
import { count } from '../../format/quantity.ts';
import { RunError, UsageError } from '../../model/errors.ts';
import { linkOut } from '../../system/link-out.ts';
import { shownPath } from '../../system/named-file.ts';

/** A folder of migrations, read once. */
export interface MigrationFolder {
  /** As it was named. */
  location: string;
  /** By their paths in the folder, with slashes, in the order of these. Files that no tool reads have no text. */
  files: ReadonlyMap<string, SqlFile>;
}

/** Of files whose text some tool reads. */
const READ = ['.sql', '.json', '.toml', '.conf'];

/** Far more than any project has: beyond that, another folder was meant. */
const MOST_FILES = 10_000;
const DEEPEST = 4;

/** @throws UsageError with every file that cannot be read */
export async function readFolder(location: string): Promise<MigrationFolder> {
  const found = await stat(location).catch(() => undefined);
  if (!found) throw new UsageError([`--migrations: there is no folder ${location}`]);
  if (!found.isDirectory())
    throw new UsageError([`--migrations: ${location} is no folder; it takes the folder of the migrations`]);
  const paths: string[] = [];
  await collect(location, '', paths, DEEPEST);
  const read = await Promise.all(paths.toSorted().map((path) => readOne(location, path)));
  const problems = read.flatMap((one) => (one.state === 'refused' ? [`--migrations: ${one.problem}`] : []));
  if (problems.length > 0) throw new UsageError(problems);
  return { location, files: new Map(read.flatMap((one) => (one.state === 'read' ? [one.entry] : []))) };
}

async function collect(location: string, below: string, paths: string[], levels: number): Promise<void> {
  const entries = await readdir(join(location, below), { withFileTypes: true }).catch((error: unknown) => {
    throw new UsageError([
      `--migrations: ${join(location, below)} cannot be read: ${(error as Error).message}`,
    ]);
  });
  for (const entry of entries.filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (!entry.isDirectory()) paths.push(path);
    else if (levels > 1) await collect(location, path, paths, levels - 1);
    if (paths.length > MOST_FILES) throw tooMany(location);
  }
}

const tooMany = (location: string): UsageError =>
  new UsageError([
    `--migrations: ${location} has over ${count(MOST_FILES)} files; it takes the folder of the migrations`,
  ]);

type Read = { state: 'read'; entry: [string, SqlFile] } | { state: 'refused'; problem: string };

async function readOne(location: string, path: string): Promise<Read> {
  const whole = join(location, path);
  if (!READ.includes(extname(path)))
    return { state: 'read', entry: [path, { path: shownPath(whole), text: '' }] };
  const problem = await linkOut(location, path);
  if (problem !== undefined) return { state: 'refused', problem };
  try {
    return { state: 'read', entry: [path, await readSqlFile(whole)] };
  } catch (error) {
    if (error instanceof RunError) return { state: 'refused', problem: error.message };
    throw error;
  }
}
