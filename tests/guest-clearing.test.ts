import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { withConnection } from '../bench/database/connection.ts';
import { loginTo } from './fixtures/test-server.fixture.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { startHost, visit, type Host, type Visit } from './fixtures/host.ts';
import { run } from '../bench/main.ts';
import { ExitCode, RunError } from '../bench/model/errors.ts';
import { programCommand } from '../bench/system/program.ts';

const never = new AbortController().signal;

let host: Host;
let directory: string;
beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'clearing-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
  for (const name of await ours())
    await host.asOwner((owner) => owner.query(`DROP DATABASE ${name} WITH (FORCE)`));
});

const ours = async (): Promise<string[]> =>
  (await host.databases()).filter((name) => name.startsWith('index_impact_'));

/** The first database of ours with a matching name, as soon as it accepts connections. */
async function appears(name: RegExp): Promise<string> {
  for (;;) {
    const found = await host.asOwner(async (owner) => {
      const { rows } = await owner.query<{ datname: string }>(
        'SELECT datname FROM pg_database WHERE datallowconn',
      );
      return rows.find(({ datname }) => name.test(datname));
    });
    if (found) return found.datname;
    await sleep(5);
  }
}

/** Runs `visiting` while another session stays in the database with this name: the first that is not dropped before. */
async function heldOpen(
  name: RegExp,
  visiting: Promise<Visit>,
): Promise<Visit & { held: string; left: string[] }> {
  const held = await Promise.race([
    appears(name),
    visiting.then(({ err }) => Promise.reject(new Error(err))),
  ]);
  try {
    return await withConnection(loginTo(host.url, held), never, async (somebody) => {
      await somebody.query('SELECT');
      return { ...(await visiting), held, left: await ours() };
    });
  } catch (error) {
    if (!(error instanceof RunError && error.detail?.includes('does not exist'))) throw error;
    return heldOpen(name, visiting);
  }
}

async function clean(ask?: (question: string) => Promise<string>) {
  // Servers of other tests are in the usual directory.
  vi.stubEnv('TMPDIR', directory);
  const io = { ...capturedIo(), env: { DATABASE_URL: host.urlOf('guest') }, ask };
  const exitCode = await run(['clean', ...(ask ? [] : ['--yes'])], io);
  return { exitCode, out: io.out(), err: io.err() };
}

const candidate = async (sql: string): Promise<string[]> => {
  const path = join(directory, 'candidate.sql');
  await writeFile(path, sql);
  return ['--candidate', path, '--baseline', 'shipped'];
};

const INDEX = 'CREATE INDEX ix_notes_author ON notes (author);';
const ALTER_OWN = `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I IS_TEMPLATE true', current_database()); END $$;`;
const CLOSE_SIBLING = `
  DO $$ DECLARE sibling text := replace(current_database(), '_after', '_before'); BEGIN
    IF sibling = current_database() THEN RETURN; END IF;
    EXECUTE format('ALTER DATABASE %I IS_TEMPLATE true ALLOW_CONNECTIONS false CONNECTION LIMIT 0', sibling);
    EXECUTE format('COMMENT ON DATABASE %I IS NULL', sibling);
    EXECUTE format('COMMENT ON DATABASE %I IS ''mine''', current_database());
  END $$;`;

describe('a database that somebody else keeps open', () => {
  test('does not make a finished run a failed one: the database is named, and clean removes it', async () => {
    const running = visit(host.urlOf('guest'), ['--baseline', 'shipped']);
    // Later databases are copied from these, and no longer from the template.
    await appears(/_shipped_after$/);
    const { exitCode, err, result, held, left } = await heldOpen(/_template$/, running);
    expect(exitCode, err).toBe(ExitCode.done);
    expect(result?.run.outcome).toEqual({ state: 'complete' });
    expect(left).toEqual([held]);
    expect(err).toContain(`${held} was left on the server`);
    expect(err).toContain(programCommand('clean', '--url'));
    expect(result?.warnings).toContainEqual(expect.objectContaining({ code: 'left-behind' }));
    expect((await clean()).exitCode).toBe(ExitCode.done);
    expect(await ours()).toEqual([]);
  });

  test('does not hide the error of a failed run', async () => {
    const running = visit(
      host.urlOf('guest'),
      // It fails with rows only: on the empty schema the candidate has been tried before.
      await candidate(`SELECT pg_sleep(2); SELECT 1 / (id - id) FROM notes;`),
    );
    const { exitCode, err, held, left } = await heldOpen(/_shipped_after$/, running);
    expect(exitCode).toBe(ExitCode.incomplete);
    expect(err).toContain('division by zero');
    expect(err).toContain(`${held} was left on the server`);
    expect(left).toEqual([held]);
    expect((await clean()).exitCode).toBe(ExitCode.done);
  });

  test('costs no measurement of later items', async () => {
    const running = visit(host.urlOf('guest'), ['--baseline', 'shipped']);
    const { exitCode, err, result, held, left } = await heldOpen(/_clone1_before$/, running);
    expect(exitCode, err).toBe(ExitCode.done);
    // On a busy machine a canary may have too few pairs; its copy is not the reason.
    expect(result?.canaries.map(({ id }) => id)).toEqual(['by-author', 'insert-notes']);
    expect(JSON.stringify(result?.canaries)).not.toContain('already exists');
    expect(left).toEqual([held]);
    expect((await clean()).exitCode).toBe(ExitCode.done);
  });
});

describe('a candidate that changes the databases it is given', () => {
  test('to a template leaves nothing', async () => {
    const { exitCode, err } = await visit(host.urlOf('guest'), await candidate(INDEX + ALTER_OWN));
    expect(exitCode, err).toBe(ExitCode.done);
    expect(await ours()).toEqual([]);
  });

  test('to closed ones without our mark leaves nothing', async () => {
    const { exitCode, err } = await visit(host.urlOf('guest'), await candidate(INDEX + CLOSE_SIBLING));
    expect(exitCode).toBe(ExitCode.incomplete);
    expect(err).toContain('is not currently accepting connections');
    expect(await ours()).toEqual([]);
  });
});

describe('clean', () => {
  /** A leftover of another process's run. */
  const orphan = (name: string): Promise<unknown> =>
    withConnection(loginTo(host.urlOf('guest'), 'postgres'), never, async (guest) => {
      await guest.query(`CREATE DATABASE ${name}`);
      await guest.query(
        `COMMENT ON DATABASE ${name} IS 'index-impact: made by index-impact deadbeef; "index-impact clean" removes it'`,
      );
    });

  test('continues after a database that it cannot remove, says so, and ends with 4', async () => {
    await orphan('index_impact_deadbeef_a');
    await orphan('index_impact_deadbeef_b');
    await withConnection(loginTo(host.url, 'index_impact_deadbeef_a'), never, async (somebody) => {
      await somebody.query('SELECT');
      const { exitCode, out, err } = await clean();
      expect(exitCode).toBe(ExitCode.incomplete);
      expect(out).toContain('Removed 1.');
      expect(err).toContain('index_impact_deadbeef_a could not be removed');
      expect(await ours()).toEqual(['index_impact_deadbeef_a']);
    });
    await host.asOwner((owner) => owner.query('ALTER DATABASE index_impact_deadbeef_a IS_TEMPLATE true'));
    expect((await clean()).exitCode).toBe(ExitCode.done);
    expect(await ours()).toEqual([]);
  });

  test('keeps databases that came into use after they were listed', async () => {
    await orphan('index_impact_deadbeef_c');
    await host.asOwner(async (owner) => {
      const { exitCode, err } = await clean(async () => {
        await owner.query(`SELECT pg_advisory_lock_shared(1768843629, x'deadbeef'::int)`);
        return 'y';
      });
      expect(exitCode).toBe(ExitCode.incomplete);
      expect(err).toContain('index_impact_deadbeef_c could not be removed');
      expect(await ours()).toEqual(['index_impact_deadbeef_c']);
    });
    expect((await clean()).exitCode).toBe(ExitCode.done);
  });
});
