import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { flagsTable, part } from './readme.ts';

test('the README lists the flags that there are', async () => {
  const listed = part(await readFile('README.md', 'utf8'), 'flags')
    .replace(/ +\|/g, ' |')
    .replace(/-+/g, '-');
  expect(listed.trim()).toBe(flagsTable().replace(/ +\|/g, ' |').replace(/-+/g, '-'));
});
