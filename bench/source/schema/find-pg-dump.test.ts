import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findPgDump } from './find-pg-dump.ts';

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'pg-dump-'))));
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

/** A directory with a program of this name that answers `--version` so. */
async function programSaying(name: string, answer: string): Promise<string> {
  const place = join(directory, name);
  await mkdir(place);
  await writeFile(join(place, 'pg_dump'), `#!/bin/sh\necho '${answer}'\n`);
  await chmod(join(place, 'pg_dump'), 0o755);
  return place;
}

test('the pg_dump in PATH that is nearest to the source is found, however its release is called', async () => {
  const places = [
    await programSaying('old', 'pg_dump (PostgreSQL) 96.24'),
    await programSaying('coming', 'pg_dump (PostgreSQL) 99beta2'),
    await programSaying('packaged', 'pg_dump (PostgreSQL) 98.1 (Debian 98.1-1.pgdg120+1)'),
    await programSaying('other', 'greenplum 97'),
    join(directory, 'nothing'),
  ];
  vi.stubEnv('PATH', [...places, process.env.PATH].join(delimiter));
  expect(await findPgDump(97, 99)).toEqual({ path: join(directory, 'packaged', 'pg_dump'), major: 98 });
  expect(await findPgDump(99, 99)).toEqual({ path: join(directory, 'coming', 'pg_dump'), major: 99 });
});

test('one that cannot read the source, or that writes for later servers only, is of no use', async () => {
  vi.stubEnv(
    'PATH',
    [await programSaying('only', 'pg_dump (PostgreSQL) 97.3'), process.env.PATH].join(delimiter),
  );
  expect(await findPgDump(98, 99)).toBeUndefined();
  expect(await findPgDump(96, 96)).toBeUndefined();
});
