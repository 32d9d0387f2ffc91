import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LAST_LINE } from './dump-header.ts';
import { statementsOfDump } from './dump-statements.ts';

/** In chunks of this size. */
async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function partsOf(bytes: Buffer, size = 7): Promise<unknown[]> {
  const parts: unknown[] = [];
  for await (const { sql, line, rows } of statementsOfDump(chunked(bytes, size), 'shop.sql')) {
    const data: Buffer[] = [];
    for await (const chunk of rows ?? []) data.push(chunk);
    parts.push({ sql, line, ...(rows && { rows: Buffer.concat(data).toString() }) });
  }
  return parts;
}

const ended = (...lines: string[]): string => [...lines, '--', LAST_LINE, '--', ''].join('\n');

const DUMP = ended(
  '-- PostgreSQL database dump',
  String.raw`\restrict abc`,
  "SET client_encoding = 'UTF8';",
  String.raw`\connect shop`,
  'CREATE TABLE notes (',
  "    note text DEFAULT 'ä;'",
  ');',
  'COPY public.notes (note) FROM stdin;',
  'a;b',
  String.raw`\\.`,
  String.raw`\.x`,
  '',
  String.raw`\.`,
  '',
  'COPY public.nothing (note) FROM stdin;',
  String.raw`\.`,
  "INSERT INTO notes VALUES ('",
  String.raw`\.`,
  "-- no comment');",
);

const PARTS = [
  { sql: "SET client_encoding = 'UTF8';", line: 3 },
  { sql: "CREATE TABLE notes (\n    note text DEFAULT 'ä;'\n);", line: 5 },
  { sql: 'COPY public.notes (note) FROM stdin;', line: 8, rows: 'a;b\n\\\\.\n\\.x\n\n' },
  { sql: 'COPY public.nothing (note) FROM stdin;', line: 15, rows: '' },
  { sql: "INSERT INTO notes VALUES ('\n\\.\n-- no comment');", line: 17 },
];

test('a dump is the same statements and rows, however it comes', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async (size) => {
      expect(await partsOf(Buffer.from(DUMP), size)).toEqual(PARTS);
    }),
  ));

test('lines may end as on Windows', async () => {
  const parts = await partsOf(Buffer.from(DUMP.replaceAll('\n', '\r\n')));
  expect(parts[3]).toEqual(PARTS[3]);
});

test('a dump that has lost its end anywhere is truncated', async () => {
  for (const end of [LAST_LINE, 'INSERT', String.raw`\.` + '\n\nCOPY', 'x\n', 'note text']) {
    const cut = DUMP.slice(0, DUMP.indexOf(end));
    await expect(partsOf(Buffer.from(cut)), end).rejects.toThrow(/^shop\.sql is truncated: /);
  }
});

test('a statement in another encoding is named', async () => {
  const latin = Buffer.from(ended("INSERT INTO notes VALUES ('é');"), 'latin1');
  await expect(partsOf(latin)).rejects.toMatchObject({
    message: 'shop.sql:1: the statement is not UTF-8',
    remedy: expect.stringContaining('--encoding=UTF8') as string,
  });
});
