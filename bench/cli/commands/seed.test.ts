import { execFile } from 'node:child_process';
import { lstat, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { withConnection } from '../../database/connection.ts';
import { catalogLogin } from '../../database/login.ts';
import { capturedIo } from '../../../tests/fixtures/captured-io.ts';
import { ownDirectories } from '../../../tests/fixtures/own-directories.ts';
import { run } from '../../main.ts';
import { ExitCode } from '../../model/errors.ts';

const sh = promisify(execFile);
const own = ownDirectories();
const TINY = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05'];

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What the program prints about a server that goes on: how to connect to its databases, and how to stop it. */
async function printedBy(...argv: string[]): Promise<{ connect: string[]; stop: string }> {
  const io = capturedIo();
  expect(await run(argv, io), io.err()).toBe(ExitCode.done);
  const lines = io.out().split('\n');
  const indented = lines.map((line) => line.trim());
  return {
    connect: indented.filter((line) => line.includes('psql ')),
    stop: indented.find((line) => line.includes(' stop /')) ?? '',
  };
}

/** The database that a printed command gets into, by its passfile and nothing else. */
async function databaseOf(connect: string): Promise<string> {
  const [, passfile = '', url = ''] = /^PGPASSFILE=(\S+) psql (\S+)$/.exec(connect) ?? [];
  const { mode, uid } = await lstat(passfile);
  expect([mode & 0o777, uid]).toEqual([0o600, process.getuid?.()]);
  for (const line of (await readFile(passfile, 'utf8')).trim().split('\n'))
    expect(connect).not.toContain(line.split(':').at(-1));
  vi.stubEnv('PGPASSFILE', passfile);
  return withConnection(catalogLogin(url), new AbortController().signal, async (session) => {
    const { rows } = await session.query<{ name: string }>('SELECT current_database() AS name');
    return rows[0]?.name ?? '';
  });
}

test.each([
  ['seed', [], ['tiny']],
  [
    'run',
    ['--keep', '--baseline', 'shipped', '--only', 'by-author', '--budget', '1'],
    ['index_impact_shipped_before', 'index_impact_shipped_after'],
  ],
])(
  'what %s leaves running is reached by the printed command, which holds no password',
  async (command, flags, databases) => {
    const out = command === 'run' ? ['--out', own.out] : [];
    const { connect, stop } = await printedBy(command, ...TINY, ...flags, ...out);
    const reached = [];
    for (const line of connect) reached.push(await databaseOf(line));
    expect(reached).toEqual(databases);
    await sh('sh', ['-c', stop]);
  },
);
