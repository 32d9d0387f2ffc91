import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dumpedFile, examineDump } from './dump-file.ts';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'dumps-'))));
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Buffer): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

const SQL = `--
-- PostgreSQL database dump
--

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 16.2
`;

const int = (value: number): Buffer => Buffer.from([0, value, 0, 0, 0]);
const text = (value: string): Buffer => Buffer.concat([int(value.length), Buffer.from(value)]);

/** The beginning of an archive of this version of the format. */
const archive = (minor: number): Buffer =>
  Buffer.concat([
    Buffer.from('PGDMP'),
    Buffer.from([1, minor, 0, 4, 8, 1]),
    minor >= 15 ? Buffer.from([1]) : int(1),
    ...Array.from({ length: 7 }, () => int(9)),
    ...['shop', '15.18 (Debian 15.18-0+deb12u1)', '16.2'].map(text),
  ]);

const HEADER = { version: '15.18', pgDump: '16.2' };

const tar = (content: Buffer): Buffer => {
  const head = Buffer.alloc(512);
  head.write('toc.dat');
  return Buffer.concat([head, content]);
};

/** `toc.dat` with an entry for each file. */
const contents = (files: readonly string[]): Buffer =>
  Buffer.concat([archive(16), int(files.length), ...files.flatMap(entry)]);

const entry = (name: string): Buffer[] => [
  ...[int(1), int(1)],
  ...['1259', '16385', 'orders', 'TABLE DATA'].map(text),
  int(3),
  ...['', '', 'COPY', 'public', '', 'heap'].map(text),
  int(114),
  ...['owner', 'false', '7', '', name].map(text),
];

async function directory(name: string, toc: Buffer): Promise<string> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'toc.dat'), toc);
  return join(folder, name);
}

test('a dump of each kind says what it was made of', async () => {
  const kinds = {
    sql: [await file('a.sql', SQL)],
    'packed sql': [await file('b.sql.gz', gzipSync(SQL))],
    archive: [
      await file('c.dump', archive(14)),
      await file('d.dump', archive(15)),
      await file('e.tar', tar(archive(16))),
      await directory('directory', contents(['12.dat'])),
    ],
  };
  for (const [form, paths] of Object.entries(kinds))
    for (const path of paths) expect(await examineDump(path)).toEqual({ path, form, header: HEADER });
});

test('a directory that leads to files outside of it is refused', async () => {
  const named = await directory('named', contents(['12.dat', '../../etc/passwd']));
  await expect(examineDump(named)).rejects.toThrow(
    /names the file \.\.\/\.\.\/etc\/passwd, which is not in it/,
  );
  const linked = await directory('linked', contents(['12.dat']));
  await symlink('/etc/passwd', join(linked, '12.dat'));
  await expect(examineDump(linked)).rejects.toThrow('has 12.dat, which is no regular file');
  const listed = await directory('listed', contents(['blobs.toc']));
  await writeFile(join(listed, 'blobs.toc'), '16385 /etc/passwd\n');
  await expect(examineDump(listed)).rejects.toThrow('names the file /etc/passwd');
  const half = await directory('half', contents(['12.dat']).subarray(0, 90));
  await expect(examineDump(half)).rejects.toThrow('has a toc.dat that cannot be read to its end');
});

test('a dump is shown without its directory', async () => {
  expect(dumpedFile(await examineDump(await file('shown.sql', SQL)))).toEqual({
    file: 'shown.sql',
    ...HEADER,
  });
});

test.each([
  ['an empty file', '', /is empty; make the dump again/],
  ['another file', 'SELECT 1;', /is no dump of pg_dump; it takes what pg_dump writes/],
  [
    'a dump of a cluster',
    '--\n-- PostgreSQL database cluster dump\n--\n',
    /\(pg_dumpall\); dump one database/,
  ],
  ['UTF-16', Buffer.from(`\ufeff${SQL}`, 'utf16le'), /is UTF-16, .*; use pg_dump --file/],
  ['zstd', Buffer.from('28b52ffd00', 'hex'), /is packed by zstd; unpack it first/],
  ['an archive in gzip', gzipSync(archive(14)), /inside of gzip; gunzip it first/],
  ['damaged gzip', Buffer.from('1f8b0800ffff', 'hex'), /is a damaged gzip file|is no dump of pg_dump/],
  ['half a header', archive(14).subarray(0, 30), /ends in the middle of its header; make the dump again/],
])('%s is refused in one line, with what to do', async (_, content, words) => {
  const path = await file('refused', content);
  await expect(examineDump(path)).rejects.toThrow(words);
  await expect(examineDump(path)).rejects.toThrow(new RegExp(`^--from: ${path} [^\n]+$`));
});

test('what is not there, is no dump, or may not be read is refused', async () => {
  await expect(examineDump(join(folder, 'missing'))).rejects.toThrow(/^--from: there is no file .*missing$/);
  await expect(examineDump('/dev/null')).rejects.toThrow('it is a device, and has to be a file');
  await mkdir(join(folder, 'empty'));
  await expect(examineDump(join(folder, 'empty'))).rejects.toThrow(
    /is a directory without toc\.dat; name one/,
  );
  const secret = await file('secret', SQL);
  await chmod(secret, 0);
  // Root reads everything.
  if (process.getuid?.() !== 0) await expect(examineDump(secret)).rejects.toThrow(/cannot be read \(EACCES/);
});
