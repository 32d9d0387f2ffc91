import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withConnection } from '../bench/database/connection.ts';
import type { Server } from '../bench/database/server.ts';
import { startServer } from './fixtures/test-server.fixture.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { storedResult } from './fixtures/stored-result.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';

const never = new AbortController().signal;
const TINY = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05', '--only', 'by-author'];

let server: Server;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ server, stop } = await startServer());
});
afterAll(() => stop());

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'privileges-'));
});
afterEach(() => rm(directory, { recursive: true }));

const TARGETS = [
  ['on a server of ours', []],
  ['as a guest who is a superuser', ['--target', 'url', '--yes']],
] as const;

/** Judges a candidate of this SQL beside an index. */
async function judge(sql: string, target: readonly string[]) {
  const candidate = join(directory, 'candidate.sql');
  await writeFile(candidate, `CREATE INDEX ix_notes_author ON notes (author);\n${sql};\n`);
  const io = { ...capturedIo(), env: { DATABASE_URL: server.admin().url } };
  const out = join(directory, 'reports');
  const flags = ['--candidate', candidate, '--baseline', 'shipped', '--budget', '1', '--out', out];
  return { exitCode: await run(['run', ...TINY, ...flags, ...target], io), err: io.err(), out };
}

/** The server's roles and settings, one a line. */
const rolesAndSettings = (): Promise<unknown[]> =>
  withConnection(server.admin(), never, async (admin) => {
    const { rows } = await admin.query<Record<string, unknown>>(
      `SELECT rolname, rolpassword, setconfig FROM pg_authid LEFT JOIN pg_db_role_setting ON setrole = pg_authid.oid ORDER BY 1`,
    );
    return rows;
  });

describe.each(TARGETS)('the SQL of a candidate, %s,', (_, target) => {
  test.each([
    ["COPY notes TO PROGRAM 'cat > /dev/null'", 'permission denied to COPY to or from an external program'],
    ["SELECT pg_read_file('/etc/passwd')", 'permission denied for function pg_read_file'],
    ["SET session_replication_role = 'replica'", 'permission denied to set parameter'],
    ['CREATE ROLE own_goal SUPERUSER', 'permission denied to create role'],
    ['CREATE EXTENSION file_fdw', 'permission denied to create extension "file_fdw"'],
  ])('may not: %s', async (sql, refusal) => {
    const { exitCode, err } = await judge(sql, target);
    expect(exitCode).toBe(ExitCode.incomplete);
    expect(err).toContain(refusal);
  });

  test('may set nothing for other databases of the run', async () => {
    const others = `SELECT datname FROM pg_database WHERE datname LIKE 'index_impact%' AND datname <> current_database()`;
    const { exitCode, err } = await judge(
      `DO $$ DECLARE other text; BEGIN FOR other IN ${others} LOOP
         EXECUTE format('ALTER DATABASE %I SET enable_indexscan = off', other); END LOOP; END $$`,
      target,
    );
    expect(exitCode).toBe(ExitCode.incomplete);
    expect(err).toContain('must be owner of database index_impact');
  });

  test('may add a trusted extension', async () => {
    const { exitCode, err } = await judge('CREATE EXTENSION pg_trgm', target);
    expect(exitCode, err).toBe(ExitCode.done);
  });

  test('sets nothing lasting for its role, and the report says so', async () => {
    const before = await rolesAndSettings();
    const { exitCode, err, out } = await judge('ALTER ROLE CURRENT_USER SET enable_indexscan = off', target);
    expect(exitCode, err).toBe(ExitCode.done);
    const { warnings, reads } = await storedResult(out);
    expect(warnings).toContainEqual({
      code: 'server-wide',
      cause: expect.stringMatching(
        /^since the run began there is the setting enable_indexscan of role index_impact\w*, /,
      ) as string,
      remedy: expect.stringMatching(/^it was taken back: /) as string,
    });
    expect(reads).toMatchObject([{ plans: { candidateIndexes: ['ix_notes_author'] } }]);
    expect(await rolesAndSettings()).toEqual(before);
  });
});

test('a guest whose role can reach the machine through SQL is refused before anything is made', async () => {
  await withConnection(server.admin(), never, (admin) =>
    admin.query(
      "CREATE ROLE powerful LOGIN CREATEDB PASSWORD 'secret'; GRANT pg_execute_server_program TO powerful",
    ),
  );
  const url = Object.assign(new URL(server.admin().url), { username: 'powerful', password: 'secret' }).href;
  const io = { ...capturedIo(), env: { DATABASE_URL: url } };
  expect(await run(['run', ...TINY, '--target', 'url', '--yes', '--out', directory], io)).toBe(
    ExitCode.incomplete,
  );
  expect(io.err()).toContain(
    'The role "powerful" reaches the server\'s machine through {pg_execute_server_program}\n',
  );
});
