import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { filled, madeDocuments } from './readme.ts';

test.each(Object.entries(await madeDocuments()))(
  '%s agrees with the program: `npm run readme` updates it',
  async (path, parts) => {
    const document = await readFile(path, 'utf8');
    expect(document).toBe(await filled(document, path, parts));
  },
);

test('a document without a marker is named', async () => {
  await expect(filled('<!-- flags -->\n', 'docs/reference.md', { flags: '' })).rejects.toThrow(
    'docs/reference.md: has no <!-- flags --> before <!-- /flags -->',
  );
});

test('each listed fault names an existing test', async () => {
  const text = await readFile('docs/failures.md', 'utf8');
  const listed = text.slice(text.indexOf('<!-- faults -->'), text.indexOf('<!-- /faults -->'));
  const rows = listed
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows) {
    const [file = '', name = ''] = (row.split('|')[3] ?? '').trim().split(': ');
    expect(await readFile(file, 'utf8'), row).toContain(name);
  }
});
