import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { putBack, replaceDirectory } from './replace-directory.ts';

let stage: string;
let published: string;
beforeEach(async () => {
  stage = await mkdtemp(join(tmpdir(), 'stage-'));
  published = join(stage, 'published');
  await mkdir(join(published, 'one'), { recursive: true });
  await writeFile(join(published, 'one', 'page'), 'old');
  await mkdir(join(stage, 'run'));
  await writeFile(join(stage, 'run', 'page'), 'new');
});
afterEach(() => rm(stage, { recursive: true }));

const pages = async () => [
  await readFile(join(published, 'one', 'page'), 'utf8'),
  (await readdir(stage)).toSorted(),
];

test('a directory takes the place of another, and leaves nothing else', async () => {
  await replaceDirectory(join(stage, 'run'), join(published, 'one'), stage);
  expect(await pages()).toEqual(['new', ['published', 'run']]);
});

test('what cannot be copied leaves what was there', async () => {
  await expect(replaceDirectory(join(stage, 'none'), join(published, 'one'), stage)).rejects.toThrow(
    'ENOENT',
  );
  expect(await pages()).toEqual(['old', ['published', 'run']]);
});

test('of a copy that was killed in the middle nothing is left', async () => {
  await mkdir(join(stage, '.publishing'));
  await putBack(published, stage);
  expect(await pages()).toEqual(['old', ['published', 'run']]);
});

test('what had made room for a copy that never came is put back', async () => {
  await rename(join(published, 'one'), join(stage, '.replaced-one'));
  await putBack(published, stage);
  expect(await pages()).toEqual(['old', ['published', 'run']]);
});

test('what a copy has replaced goes, should that not have been done yet', async () => {
  await mkdir(join(stage, '.replaced-one'));
  await putBack(published, stage);
  expect(await pages()).toEqual(['old', ['published', 'run']]);
});
