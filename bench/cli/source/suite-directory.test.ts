import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeDirectory } from './suite-directory.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'suites-'))));
afterEach(() => rm(folder, { recursive: true }));

const write = (directory: string): Promise<void> => writeFile(join(directory, 'suite.ts'), '');

test('a link to an empty directory has the suite where it leads', async () => {
  await mkdir(join(folder, 'there'));
  await symlink(join(folder, 'there'), join(folder, 'link'));
  await writeDirectory(join(folder, 'link'), write);
  expect(await readdir(join(folder, 'link'))).toEqual(['suite.ts']);
});

test('of two that write the same directory, the second one is kept beside it, and named', async () => {
  const path = join(folder, 'suite');
  const second = writeDirectory(path, async (directory) => {
    await write(directory);
    await writeDirectory(path, write);
  });
  await expect(second).rejects.toMatchObject({ message: `${path} has got other files meanwhile` });
  const [first, beside = ''] = (await readdir(folder)).toSorted();
  expect(first).toBe('suite');
  expect(await readdir(join(folder, beside))).toEqual(['suite.ts']);
  await expect(second).rejects.toMatchObject({
    remedy: `The suite is in ${join(folder, beside)}: run --suite ${join(folder, beside)}`,
  });
});
