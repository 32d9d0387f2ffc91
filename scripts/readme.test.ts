import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { flagsTable, part } from './readme.ts';

test('the README lists the flags that there are', async () => {
  const listed = part(await readFile('README.md', 'utf8'), 'flags')
    .replace(/ +\|/g, ' |')
    .replace(/-+/g, '-');
  expect(listed.trim()).toBe(flagsTable().replace(/ +\|/g, ' |').replace(/-+/g, '-'));
});

test('each fault that the README lists is proved by a test that there is', async () => {
  const rows = part(await readFile('README.md', 'utf8'), 'faults')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  expect(rows.length).toBeGreaterThan(9);
  for (const row of rows) {
    const [file = '', name = ''] = (row.split('|')[3] ?? '').trim().split(': ');
    expect(await readFile(file, 'utf8'), row).toContain(name);
  }
});
