import {
  chmod,
  lchown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownedName } from './owned-name.ts';
import { processIdentity } from './process-identity.ts';
import { replaceFile } from './replace-file.ts';

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'replacing-'))));
afterEach(() => rm(directory, { recursive: true }));

test('a file keeps its mode, and a link its target', async () => {
  const [file, link] = [join(directory, 'file'), join(directory, 'link')];
  await writeFile(file, 'old');
  await chmod(file, 0o640);
  await symlink(file, link);
  await replaceFile(link, 'new');
  expect(await readFile(file, 'utf8')).toBe('new');
  expect((await stat(file)).mode & 0o777).toBe(0o640);
});

describe.runIf(process.getuid?.() === 0)('a link of another user', () => {
  const NOBODY = 65_534;

  test('is not followed, and its target stays', async () => {
    const [file, link] = [join(directory, 'file'), join(directory, 'link')];
    await writeFile(file, 'old');
    await symlink(file, link);
    await lchown(link, NOBODY, NOBODY);
    await expect(replaceFile(link, 'new')).rejects.toThrow(
      `${link} is a link of another user (uid ${NOBODY}), and is not followed`,
    );
    expect(await readFile(file, 'utf8')).toBe('old');
  });

  test('is not accepted as a directory', async () => {
    const [elsewhere, link] = [join(directory, 'elsewhere'), join(directory, 'link')];
    await mkdir(elsewhere);
    await symlink(elsewhere, link);
    await lchown(link, NOBODY, NOBODY);
    await expect(replaceFile(join(link, 'file'), 'new')).rejects.toThrow('is a link of another user');
    expect(await readdir(elsewhere)).toEqual([]);
  });
});

test("another process's partial file stays, a killed one's is removed", async () => {
  const living = ownedName(join(directory, 'other'), 'partial');
  const ended = living.replace(
    processIdentity(process.pid),
    `4194305-1-${processIdentity(1).split('-')[2] ?? ''}`,
  );
  for (const file of [living, ended]) await writeFile(file, 'half');
  await replaceFile(join(directory, 'file'), 'whole');
  expect((await readdir(directory)).map((name) => join(directory, name)).toSorted()).toEqual(
    [join(directory, 'file'), living].toSorted(),
  );
});

test('a failed write leaves the file unchanged, and no other file beside it', async () => {
  await writeFile(join(directory, 'file'), 'old');
  await expect(replaceFile(join(directory, 'file', 'in-it'), 'new')).rejects.toThrow();
  expect(await readdir(directory)).toEqual(['file']);
  expect(await readFile(join(directory, 'file'), 'utf8')).toBe('old');
});
