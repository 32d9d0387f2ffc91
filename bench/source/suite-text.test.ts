import { expect, test } from 'vitest';
import { inspection, sourceTable } from './inspection.fixture.ts';
import { sourceFacts } from './suite-folder.ts';
import { suiteText } from './suite-text.ts';

const copies = inspection.tables.map((table) => ({ table, rows: table.rows, bytes: 10, sha256: '0' }));

const textOf = (other: Partial<Parameters<typeof suiteText>[0]> = {}): string =>
  suiteText({
    name: 'shop',
    candidate: '042-orders',
    searchPath: ['public'],
    locale: inspection.locale,
    copies,
    statements: inspection.statements.replayable,
    weightsAreCalls: true,
    facts: sourceFacts({ inspection: inspection }, copies, [], new Date('2026-11-27T10:00:00Z')),
    ...other,
  });

test('a suite reads as somebody would have written it', async () => {
  await expect(textOf()).toMatchFileSnapshot('__golden__/suite.ts.txt');
});

test('what a snapshot says of its server ends no comment', () => {
  const facts = sourceFacts({ inspection }, copies, [], new Date('2026-11-27T10:00:00Z'));
  const text = textOf({ facts: { ...facts, postgresVersion: '18.4 */ evil(); /*\x1b[2J' } });
  expect(text).toContain('/** Read from PostgreSQL 18.4 * / evil(); /*\ufffd[2J at');
  expect(text).not.toContain('\x1b');
});

test('a table has a file of its own, whatever it is called', () => {
  const names = ['"a/../b"', '"a b"', '"a.b"', 'x'.repeat(63)];
  const files = [
    ...textOf({
      copies: names.map((name) => ({ table: sourceTable(name), rows: 1, bytes: 1, sha256: '' })),
    }).matchAll(/file: "(.*?)"/g),
  ];
  expect(new Set(files.map(([, file]) => file)).size).toBe(names.length);
  for (const [, file] of files) expect(file).toMatch(/^rows\/\d{3}-[\w.-]+\.copy$/);
});
