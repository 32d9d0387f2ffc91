import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const execute = promisify(execFile);
const SCRIPT = resolve('scripts/history-branch.sh');

let directory: string;
let remote: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'history-'));
  remote = join(directory, 'remote.git');
  await execute('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
  const first = await clone('first');
  await writeFile(join(first, 'code'), 'of the project');
  await git(first, 'add', '.');
  await git(first, '-c', 'user.name=a', '-c', 'user.email=a@localhost', 'commit', '--quiet', '-m', 'Begin');
  await git(first, 'push', '--quiet', 'origin', 'HEAD:main');
});
afterEach(() => rm(directory, { recursive: true }));

const git = (repository: string, ...argv: string[]) =>
  execute('git', ['-C', repository, ...argv]).then(({ stdout }) => stdout.trim());

/** A clone like a workflow's: the newest commit only. */
async function clone(name: string): Promise<string> {
  const path = join(directory, name);
  await execute('git', ['clone', '--quiet', '--depth=1', `file://${remote}`, path]);
  return path;
}

const history = (repository: string, ...argv: string[]) =>
  execute(SCRIPT, argv, { cwd: repository }).then(({ stdout }) => stdout);

async function night(name: string): Promise<string> {
  const repository = await clone(name);
  await history(repository, 'open', 'history');
  const file = join(repository, 'history', 'history.jsonl');
  await writeFile(file, `{"night":"${name}"}\n`, { flag: 'a' });
  await history(repository, 'push', 'history');
  return repository;
}

test('every night adds to the history of the nights before, on a branch without the code', async () => {
  await night('one');
  const two = await night('two');
  expect(await readFile(join(two, 'history', 'history.jsonl'), 'utf8')).toBe(
    '{"night":"one"}\n{"night":"two"}\n',
  );
  expect(await git(remote, 'ls-tree', '--name-only', 'benchmark-history')).toBe('history.jsonl');
  expect((await git(remote, 'log', '--format=%s', 'benchmark-history')).split('\n')).toHaveLength(3);
  expect(await git(remote, 'ls-tree', '--name-only', 'main')).toBe('code');
});

test('a night that adds nothing does not fail, and makes no commit', async () => {
  await night('one');
  const before = await git(remote, 'rev-parse', 'benchmark-history');
  const repository = await clone('idle');
  await history(repository, 'open', 'history');
  expect(await history(repository, 'push', 'history')).toBe('Nothing new in the history.\n');
  expect(await git(remote, 'rev-parse', 'benchmark-history')).toBe(before);
});

test('an unreachable remote is a failure, not the beginning of a new history', async () => {
  const repository = await clone('cut-off');
  await git(repository, 'remote', 'set-url', 'origin', join(directory, 'nowhere.git'));
  await expect(history(repository, 'open', 'history')).rejects.toThrow('nowhere.git');
  expect(await readdir(repository)).toEqual(['.git', 'code']);
});

test('two simultaneous pushes do not overwrite one another', async () => {
  const repository = await clone('slow');
  await history(repository, 'open', 'history');
  await night('quick');
  await writeFile(join(repository, 'history', 'history.jsonl'), 'slow\n');
  await expect(history(repository, 'push', 'history')).rejects.toThrow('rejected');
});
