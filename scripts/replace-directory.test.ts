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

test('a directory takes the place of another, and leaves nothing else', async () => {
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

test('a copy that cannot be finished leaves what was there', async () => {
  const failing = () => Promise.reject(new Error('no space left'));
  await expect(replaceDirectory(join(stage, 'run'), join(published, 'one'), stage, failing)).rejects.toThrow(
    'no space left',
  );
  expect(await pages()).toEqual(['old', ['published', 'run']]);
});

test('what cannot be copied leaves what was there', async () => {
  await expect(
    replaceDirectory(join(stage, 'none'), join(published, 'one'), stage, finished),
  ).rejects.toThrow('ENOENT');
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
