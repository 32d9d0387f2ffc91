import { chmod, chown, cp, mkdir, readdir, rm } from 'node:fs/promises';
import type os from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { capturedIo } from '../../../tests/fixtures/captured-io.ts';
import { ownDirectories } from '../../../tests/fixtures/own-directories.ts';
import { run } from '../../main.ts';
import { ExitCode } from '../../model/errors.ts';
import { withConnection } from '../../database/connection.ts';
import { withEmbeddedServer } from './embedded.ts';
import { installedBinaries, refuseUnlessInstalled } from './server-binaries.ts';
import { BUNDLED_MAJOR, serverSettings } from '../server-settings.ts';

/** The user's own may have majors. Modules that other files have loaded would know the user's. */
const { HOME } = vi.hoisted(() => {
  vi.resetModules();
  return { HOME: '/nowhere/home' };
});
afterAll(() => vi.resetModules());
vi.mock('node:os', async (original) => {
  const actual = await original<typeof os>();
  return { ...actual, userInfo: () => ({ ...actual.userInfo(), homedir: HOME }) };
});

const never = new AbortController().signal;
const options = { settings: serverSettings(0.25, 17), keep: false, signal: never };
const own = ownDirectories();

afterEach(() => {
  vi.unstubAllEnvs();
});

const verifyWith = async (temporary: string): Promise<string> => {
  vi.stubEnv('TMPDIR', temporary);
  const io = capturedIo();
  expect(await run(['verify'], io), io.out()).toBe(ExitCode.incomplete);
  return io.err();
};

describe('a temporary directory', () => {
  test('that is not there is named', async () => {
    const missing = join(own.out, 'missing');
    expect(await verifyWith(missing)).toBe(
      `index-impact: There is no temporary directory ${missing}\n` +
        `ENOENT: no such file or directory, realpath '${missing}'\n` +
        'TMPDIR names it: make it, or name another one.\n',
    );
  });

  test('in which others could put something else in the place of a server is refused', async () => {
    await chmod(own.temporary, 0o777);
    expect(await verifyWith(own.temporary)).toContain(
      `Others may replace what is made in ${own.temporary}\n`,
    );
  });

  test.runIf(process.getuid?.() === 0)('that belongs to another user is refused', async () => {
    await chown(own.temporary, 1, 1);
    expect(await verifyWith(own.temporary)).toContain(
      `Others may replace what is made in ${own.temporary}\n`,
    );
  });

  test.runIf(process.getuid?.() === 0)('that only root may enter is named, with who has to', async () => {
    const [closed, place] = [join(own.temporary, 'closed'), join(own.temporary, 'closed', 'place')];
    await mkdir(place, { recursive: true });
    await chmod(closed, 0o700);
    const said = await verifyWith(place);
    expect(said).toContain(`index-impact: PostgreSQL cannot run in ${place}\n`);
    expect(said).toMatch(/runs as the user "\w+", who may not enter \/.*\/closed \(mode 0700\)\.\n/);
    expect(said).not.toContain('ree space');
    expect(await readdir(place)).toEqual([]);
    await rm(closed, { recursive: true });
  });
});

/** The bundled programs in the place of another major's, as npm unpacks them. */
async function unpackedPrograms(): Promise<string> {
  vi.stubEnv('XDG_DATA_HOME', own.out);
  const root = join(own.out, 'index-impact', 'node_modules', 'postgresql-17', 'native');
  await cp(dirname(installedBinaries(BUNDLED_MAJOR)), root, { recursive: true, verbatimSymlinks: true });
  await chmod(own.out, 0o755);
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true }))
    if (entry.isSymbolicLink()) await rm(join(entry.parentPath, entry.name));
  return root;
}

describe("PostgreSQL's programs", () => {
  const start = () =>
    withEmbeddedServer({ ...options, major: 17 }, (server) =>
      withConnection(server.admin(), never, (session) => session.query('SELECT 1 AS one')),
    );

  test('run where npm has not carried out the script that links their libraries', async () => {
    await unpackedPrograms();
    expect((await start()).rows).toEqual([{ one: '1' }]);
  });

  test('run where they were installed for nobody else and without the right to run them', async () => {
    const root = await unpackedPrograms();
    for (const name of await readdir(join(root, 'bin'))) await chmod(join(root, 'bin', name), 0o600);
    await chmod(join(root, 'lib'), 0o700);
    expect((await start()).rows).toEqual([{ one: '1' }]);
  });

  test('that cannot run are blamed, and not the room', async () => {
    const root = await unpackedPrograms();
    await rm(join(root, 'lib', 'libicuuc.so.60.2'));
    await expect(start()).rejects.toMatchObject({
      message: "PostgreSQL's programs cannot be run",
      detail: expect.stringContaining('libicuuc.so.60: cannot open shared object file') as string,
      remedy: expect.stringContaining('npm ci') as string,
    });
  });
});

describe('other majors', () => {
  const remedy = (): string => {
    try {
      refuseUnlessInstalled([14]);
    } catch (error) {
      return (error as { remedy: string }).remedy;
    }
    throw new Error('14 is not there');
  };

  test.each([
    { HOME: '', XDG_DATA_HOME: '' },
    { HOME: 'here', XDG_DATA_HOME: 'there' },
  ])('are added below the home directory of the user where the environment names none: %j', (environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    expect(remedy()).toContain(`--prefix ${HOME}/.local/share/index-impact`);
  });

  test('are added where the environment says, whatever that is called', () => {
    vi.stubEnv('XDG_DATA_HOME', '/srv/$(id) here');
    expect(remedy()).toContain(`--prefix '/srv/$(id) here/index-impact'`);
  });
});
