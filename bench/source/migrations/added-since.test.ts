import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gitRepository, type GitRepository } from '../../../tests/fixtures/git-repository.ts';
import { UsageError } from '../../model/errors.ts';
import { readAddedMigrations } from './read-migrations.ts';
import { addedText, changesLeftOut, nothingAddedText } from './since-text.ts';
import { graphileMigrate } from './tools/graphile-migrate.ts';
import type { MigrationTool } from './tool.ts';

let repository: GitRepository;
beforeEach(() => {
  repository = gitRepository({ 'db/001-a.sql': 'SELECT 1;', 'db/002-b.sql': 'SELECT 2;', 'other.sql': '' });
  repository.git('switch', '--quiet', '--create', 'branch');
});
afterEach(() => {
  vi.unstubAllEnvs();
  repository.remove();
});

const read = (since = 'main', folder = 'db', tool?: MigrationTool) =>
  readAddedMigrations({ location: join(repository.directory, folder), tool, since });

async function planned(...asked: Parameters<typeof read>) {
  const found = await read(...asked);
  if (found.state !== 'planned' || !found.since) throw new Error(found.state);
  return { ...found, since: found.since };
}

const problemsOf = async (asked: Promise<unknown>): Promise<readonly string[]> => {
  const error: unknown = await asked.catch((caught: unknown) => caught);
  if (!(error instanceof UsageError)) throw new Error(`expected a UsageError, got ${String(error)}`);
  return error.problems;
};

const names = (all: readonly { name: string }[]): string[] => all.map(({ name }) => name);

test('what the branch adds is the candidate, in the order of the tool, committed or not', async () => {
  repository.commit({ 'db/010-d.sql': 'CREATE INDEX CONCURRENTLY d ON a (b)', 'other.sql': 'SELECT 3;' });
  repository.write('db/003-c.sql', 'SELECT 3;\nSELECT 4; -- the end');
  const { schema, candidate, parts, since } = await planned();
  expect(names(schema)).toEqual(['001-a', '002-b']);
  expect(names(parts)).toEqual(['003-c', '010-d']);
  expect(candidate.name).toBe('003-c and 1 more');
  expect(candidate.up.transaction).toBe('none');
  expect(candidate.up.text.replace(/^-- .*\n/gm, '')).toBe(
    'BEGIN;\nSELECT 3;\nSELECT 4; -- the end\n;\nCOMMIT;\n\nCREATE INDEX CONCURRENTLY d ON a (b)\n;\n',
  );
  expect(addedText(since)).toBe('added since main: 003-c, 010-d, not committed: 003-c');
});

test('what others have added to its base meanwhile is no part of the branch', async () => {
  repository.git('switch', '--quiet', 'main');
  repository.commit({ 'db/003-other.sql': 'SELECT 3;' });
  repository.git('switch', '--quiet', 'branch');
  repository.commit({ 'db/004-own.sql': 'SELECT 4;' });
  const { schema, candidate, since } = await planned();
  expect([names(schema), candidate.name]).toEqual([['001-a', '002-b'], '004-own']);
  expect([since.changed, since.deleted]).toEqual([[], []]);
});

test('one that is changed or deleted on the branch is named', async () => {
  repository.git('rm', '--quiet', 'db/001-a.sql');
  repository.commit({ 'db/002-b.sql': 'SELECT 22;' });
  const nothing = await read();
  expect(nothing.state).toBe('nothing added');
  expect(nothing.since && nothingAddedText(nothing.since)).toBe(
    'This branch adds no migration since main: nothing is measured; changed: 002-b; deleted: 001-a, though main has them',
  );
  repository.commit({ 'db/003-c.sql': 'SELECT 3;' });
  const { since } = await planned();
  expect(changesLeftOut(since).map(({ object }) => object)).toEqual(['migration 002-b', 'migration 001-a']);
});

test('one that the tool orders before one that is there is refused', async () => {
  repository.commit({ 'db/0015-early.sql': 'SELECT 3;', 'db/002-b.sql': '' });
  repository.git('switch', '--quiet', 'main');
  repository.commit({ 'db/020-late.sql': '' });
  repository.git('switch', '--quiet', 'branch');
  repository.git('rebase', '--quiet', 'main');
  expect(await problemsOf(read())).toEqual([
    '--since: 0015-early comes before 020-late, which main has: the tool may not apply it; give it a later version',
  ]);
});

test('a repeatable migration comes last, and is nothing that another one has to follow', async () => {
  repository.commit({ 'flyway/V1__a.sql': '', 'flyway/R__view.sql': 'SELECT 1;' });
  repository.git('branch', 'base');
  repository.commit({ 'flyway/V2__b.sql': 'SELECT 2;' });
  const { schema, candidate } = await planned('base', 'flyway');
  expect([names(schema), candidate.name]).toEqual([['V1__a', 'R__view'], 'V2__b']);
});

test('a file that was no migration is one as soon as its tool takes it for one', async () => {
  repository.commit({ 'graphile/current.sql': '-- Enter migration here\n' });
  repository.git('branch', 'base');
  repository.commit({ 'graphile/current.sql': 'CREATE INDEX ON a (b);\n' });
  const { candidate } = await planned('base', 'graphile', graphileMigrate);
  expect(candidate.name).toBe('current');
});

test('a folder that is new has new migrations only', async () => {
  repository.commit({ 'new/001-a.sql': 'SELECT 1;' });
  expect(names((await planned('main', 'new')).parts)).toEqual(['001-a']);
});

test('a commit that is not there, or has nothing in common, is refused with what to do', async () => {
  expect(await problemsOf(read('origin/main'))).toEqual([
    expect.stringMatching(/^--since: there is no commit origin\/main here; .* fetch-depth: 0$/),
  ]);
  repository.git('switch', '--quiet', '--orphan', 'alone');
  repository.commit({ 'db/001-a.sql': '' });
  expect(await problemsOf(read())).toEqual([
    '--since: main and HEAD have no common commit; it takes the branch that this one began at',
  ]);
});

test('a shallow clone is told', async () => {
  repository.commit({ 'db/003-c.sql': 'SELECT 3;' });
  repository.git('switch', '--quiet', 'main');
  repository.commit({ 'other.sql': 'SELECT 1;' });
  const clone = mkdtempSync(join(tmpdir(), 'clone-'));
  const url = `file://${repository.directory}`;
  execFileSync('git', ['clone', '--quiet', '--depth=1', '--no-single-branch', '--branch=branch', url, clone]);
  const asked = readAddedMigrations({ location: join(clone, 'db'), tool: undefined, since: 'origin/main' });
  expect(await problemsOf(asked)).toEqual([
    expect.stringMatching(/the clone is shallow: .* fetch-depth: 0$/),
  ]);
  rmSync(clone, { recursive: true });
});

test('without git or a repository it is said', async () => {
  const alone = mkdtempSync(join(tmpdir(), 'alone-'));
  execFileSync('cp', ['-r', join(repository.directory, 'db'), alone]);
  const asked = () => readAddedMigrations({ location: join(alone, 'db'), tool: undefined, since: 'main' });
  expect(await problemsOf(asked())).toEqual([
    expect.stringMatching(/^--since: \S+db is in no git repository that can be read: not a git repository/),
  ]);
  vi.stubEnv('PATH', alone);
  expect(await problemsOf(asked())).toEqual([
    '--since: git is not there, which tells what a branch adds: install it',
  ]);
  rmSync(alone, { recursive: true });
});
