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

const finished = (): Promise<void> => Promise.resolve();

const pages = async () => [
  await readFile(join(published, 'one', 'page'), 'utf8'),
  (await readdir(stage)).toSorted(),
];

test('a directory replaces another, and leaves nothing else', async () => {
  await replaceDirectory(join(stage, 'run'), join(published, 'one'), stage, finished);
  expect(await pages()).toEqual(['new', ['published', 'run']]);
});

test('a copy gets its name when it is finished', async () => {
  await replaceDirectory(join(stage, 'run'), join(published, 'one'), stage, async (copy) => {
    expect(await pages()).toEqual(['old', ['.publishing', 'published', 'run']]);
    await writeFile(join(copy, 'page'), 'finished');
  });
  expect(await pages()).toEqual(['finished', ['published', 'run']]);
  expect(await readFile(join(stage, 'run', 'page'), 'utf8')).toBe('new');
});

test('a copy that cannot be finished leaves the existing directory', async () => {
  const failing = () => Promise.reject(new Error('no space left'));
  await expect(replaceDirectory(join(stage, 'run'), join(published, 'one'), stage, failing)).rejects.toThrow(
    'no space left',
  );
  expect(await pages()).toEqual(['old', ['published', 'run']]);
});

test('a failed copy leaves the existing directory', async () => {
  await expect(
    replaceDirectory(join(stage, 'none'), join(published, 'one'), stage, finished),
  ).rejects.toThrow('ENOENT');
  expect(await pages()).toEqual(['old', ['published', 'run']]);
});

test('a copy killed in the middle leaves nothing', async () => {
  await mkdir(join(stage, '.publishing'));
  await putBack(published, stage);
  expect(await pages()).toEqual(['old', ['published', 'run']]);
});

test('a directory whose replacement never came is restored', async () => {
  await rename(join(published, 'one'), join(stage, '.replaced-one'));
  await putBack(published, stage);
  expect(await pages()).toEqual(['old', ['published', 'run']]);
});

test('a replaced directory is removed later if that was interrupted', async () => {
  await mkdir(join(stage, '.replaced-one'));
  await putBack(published, stage);
  expect(await pages()).toEqual(['old', ['published', 'run']]);
});
