import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import type { MigrationFolder } from './folder.ts';
import type { MigrationTool } from './tool.ts';
import { MIGRATION_TOOLS } from './tools.ts';

/**
 * Whose migrations a folder has: told by files that only one tool writes, then by what lies around the folder, then by the
 * names of its files.
 *
 * @returns undefined where no tool takes any of its files
 * @throws UsageError where several tools have files in it, or where it may be of several
 */
export async function detectTool(folder: MigrationFolder): Promise<MigrationTool | undefined> {
  const found = await toolOf(folder);
  if (!found) return undefined;
  for (const path of folder.files.keys()) {
    const other = found.takes(path) ? undefined : likeliest([path]);
    if (other) throw several(folder, [signOfFiles(folder, found), [other, path]]);
  }
  return found;
}

async function toolOf(folder: MigrationFolder): Promise<MigrationTool | undefined> {
  const marked = MIGRATION_TOOLS.flatMap((tool) => {
    const mark = [...folder.files].find(([path, { text }]) => tool.marks(path, text));
    return mark ? [[tool, mark[0]] as const] : [];
  });
  if (marked.length > 1) throw several(folder, marked);
  if (marked[0]) return marked[0][0];
  const paths = [...folder.files.keys()];
  const candidates = MIGRATION_TOOLS.filter(({ takes }) => paths.some(takes));
  const surrounded = await toolsAround(folder.location, candidates);
  if (surrounded.length > 1) throw several(folder, surrounded);
  return surrounded[0]?.[0] ?? likeliest(paths);
}

const likeliest = (paths: readonly string[]): MigrationTool | undefined =>
  MIGRATION_TOOLS.find(({ takes, isLikely }) => paths.some(takes) && isLikely(paths));

/** With a file that tells. */
type Sign = readonly [tool: MigrationTool, file: string | undefined];

const signOfFiles = ({ files }: MigrationFolder, tool: MigrationTool): Sign => [
  tool,
  [...files.keys()].find(tool.takes),
];

const several = ({ location }: MigrationFolder, signs: readonly Sign[]): UsageError => {
  const told = signs.map(([{ title }, file]) => `${title} (${file ?? ''})`).join(' and ');
  const names = signs.map(([{ name }]) => name).join(' or ');
  return new UsageError([`--migrations: ${location} may be of ${told}; say which with --tool ${names}`]);
};

/** A project is not larger. */
const MOST_PARENTS = 6;

/** Looks from the folder upwards, to the root of its repository. */
async function toolsAround(location: string, candidates: readonly MigrationTool[]): Promise<Sign[]> {
  let directory = resolve(location);
  for (let level = 0; level <= MOST_PARENTS; level++) {
    const names = await readdir(directory).catch((): string[] => []);
    const found = await Promise.all(candidates.map((tool) => signOf(tool, directory, names)));
    const signs = found.flatMap((sign) => (sign ? [sign] : []));
    if (signs.length > 0 || names.includes('.git')) return signs;
    directory = dirname(directory);
  }
  return [];
}

async function signOf(
  tool: MigrationTool,
  directory: string,
  names: readonly string[],
): Promise<Sign | undefined> {
  for (const { file, mentions } of tool.surroundings) {
    const name = names.find((one) => file.test(one));
    if (name === undefined) continue;
    const text = mentions === undefined ? '' : await readFile(join(directory, name), 'utf8').catch(() => '');
    if (text.includes(mentions ?? '')) return [tool, name];
  }
  return undefined;
}
