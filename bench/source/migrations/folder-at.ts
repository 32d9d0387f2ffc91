import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import { askGit } from '../../system/git.ts';
import { readFolder, type MigrationFolder } from './folder.ts';

/** A folder in a git repository, where a branch has left another line of commits. */
export interface BranchPoint {
  /** Of the repository. */
  root: string;
  /** The tree of the folder there; undefined where it was not there yet. */
  tree: string | undefined;
}

/**
 * Finds where HEAD has branched off.
 *
 * @throws UsageError naming what git does not find, and what to do
 */
export async function branchPoint(location: string, ref: string): Promise<BranchPoint> {
  const root = await rootOf(location);
  const prefix = await answered(location, ['rev-parse', '--show-prefix']);
  await answered(location, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], () => unknownRef(ref));
  const base = await answered(location, ['merge-base', ref, 'HEAD'], () => noBase(location, ref));
  const path = prefix.replace(/\/$/, '');
  const tree = await askGit(root, ['rev-parse', '--verify', '--quiet', `${base}:${path}`]);
  return { root, tree: tree.state === 'done' ? tree.out.trim() : undefined };
}

async function rootOf(location: string): Promise<string> {
  const answer = await askGit(location, ['rev-parse', '--show-toplevel']);
  if (answer.state === 'missing')
    throw problem('git is not there, which tells what a branch adds: install it');
  if (answer.state === 'refused')
    throw problem(`${location} is in no git repository that can be read: ${answer.message}`);
  return answer.out.trim();
}

const unknownRef = (ref: string): string =>
  `there is no commit ${ref} here; fetch it: git fetch origin, or in CI a checkout with fetch-depth: 0`;

async function noBase(location: string, ref: string): Promise<string> {
  const shallow = await askGit(location, ['rev-parse', '--is-shallow-repository']);
  const isShallow = shallow.state === 'done' && shallow.out.trim() === 'true';
  return isShallow
    ? `${ref} and HEAD have no common commit here, because the clone is shallow: git fetch --unshallow, or in CI a checkout with fetch-depth: 0`
    : `${ref} and HEAD have no common commit; it takes the branch that this one began at`;
}

/** @param refusal what is said where git refuses @default its own words */
async function answered(
  location: string,
  words: readonly string[],
  refusal?: () => string | Promise<string>,
): Promise<string> {
  const answer = await askGit(location, words);
  if (answer.state === 'done') return answer.out.trim();
  throw problem(
    (await refusal?.()) ?? `git: ${answer.state === 'refused' ? answer.message : 'it is not there'}`,
  );
}

const problem = (text: string): UsageError => new UsageError([`--since: ${text}`]);

/**
 * Reads a folder as it was at the branch point. Its files are written beside the repository for that, as a checkout has them: the
 * repository, its index and its files stay as they are.
 */
export async function folderAt({ root, tree }: BranchPoint): Promise<MigrationFolder> {
  const nothing: MigrationFolder = { location: root, files: new Map() };
  if (tree === undefined) return nothing;
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'index-impact-since-')));
  try {
    const index = { GIT_INDEX_FILE: join(directory, 'index') };
    const files = join(directory, 'files');
    for (const words of [
      ['read-tree', tree],
      ['checkout-index', '--all', `--prefix=${files}/`],
    ]) {
      const answer = await askGit(root, words, index);
      if (answer.state === 'refused') throw problem(`git ${words[0] ?? ''}: ${answer.message}`);
    }
    return await readFolder(files);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Files of a directory that differ from the last commit, or are in none, by their whole paths. */
export async function uncommittedFiles(location: string, { root }: BranchPoint): Promise<Set<string>> {
  const words = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--', '.'];
  const answer = await askGit(location, words);
  if (answer.state !== 'done') return new Set();
  return new Set(
    answer.out.split('\0').flatMap((entry) => (entry === '' ? [] : [join(root, entry.slice(3))])),
  );
}
