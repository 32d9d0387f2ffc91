import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPlainFile } from './plain-file.ts';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plain-'));
  file = join(directory, 'postmaster.pid');
});
afterEach(() => rm(directory, { recursive: true }));

test('a file is read', async () => {
  await writeFile(file, '123\n/data\n');
  expect(await readPlainFile(file)).toBe('123\n/data\n');
});

test('a pipe that nobody writes to is not waited for', async () => {
  execFileSync('mkfifo', [file]);
  expect(await readPlainFile(file)).toBe('');
});

test('a link is not followed', async () => {
  await symlink('/dev/zero', file);
  await expect(readPlainFile(file)).rejects.toMatchObject({ code: 'ELOOP' });
});
