import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withConnection, withConnections } from '../bench/database/connection.ts';
import { loginTo } from './fixtures/test-server.fixture.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { startHost, TINY, visit, type Host, type Visit } from './fixtures/host.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';

const never = new AbortController().signal;

let host: Host;
let directory: string;
beforeAll(async () => {
  host = await startHost({ max_connections: '48' });
});
afterAll(() => host.stop());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'load-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** A guest in a separate process, like two users of one server. */
async function visitApart(url: string): Promise<{ exitCode: unknown; output: string }> {
  const argv = [...TINY, '--budget', '2', '--out', directory, '--target', 'url', '--yes'];
  const child = spawn(process.execPath, ['--import', './scripts/typescript.js', 'bench/bin.ts', ...argv], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as unknown[];
  return { exitCode, output };
}

/** The result of `visiting`, and the most sessions that its role had. */
async function watched(role: string, visiting: Promise<Visit>): Promise<Visit & { most: number }> {
  let [most, isOver] = [0, false];
  const over = visiting.finally(() => (isOver = true));
  await host.asOwner(async (owner) => {
    while (!isOver) {
      const { rowCount } = await owner.query('SELECT FROM pg_stat_activity WHERE usename = $1', [role]);
      most = Math.max(most, rowCount ?? 0);
      await sleep(5);
    }
  });
  return { ...(await over), most };
}

const statedSessions = (err: string): number => Number(/at most (\d+) sessions/.exec(err)?.[1]);

describe('two guests at once on a server with 48 connections', () => {
  test.each(['guest', 'limited'])('both end with 0, and leave nothing: as %s', async (role) => {
    const before = await host.databases();
    const url = host.urlOf(role);
    for (const { exitCode, output } of await Promise.all([visitApart(url), visitApart(url)]))
      expect(exitCode, output).toBe(ExitCode.done);
    expect(await host.databases()).toEqual(before);
  });
});

describe('the sessions of a guest', () => {
  test('are at most half of the free ones, and as many as announced', async () => {
    const flags = ['--workload', 'full', '--baseline', 'shipped'];
    const { err, most } = await watched('guest', visit(host.urlOf('guest'), flags));
    // Of 48, three are the superuser's, and one is the watcher's.
    expect(statedSessions(err)).toBe(22);
    expect(most).toBe(22);
  });

  test('are limited by --max-sessions, and the result says what that changes', async () => {
    const flags = ['--max-sessions', '4', '--workload', 'full', '--baseline', 'shipped'];
    const { err, result, most } = await watched('guest', visit(host.urlOf('guest'), flags));
    expect(statedSessions(err)).toBe(4);
    expect(most).toBe(4);
    expect(result?.run.outcome, err).toEqual({ state: 'complete' });
    expect(result?.warnings).toContainEqual(
      expect.objectContaining({
        code: 'few-sessions',
        cause: expect.stringContaining('1 of 12 sessions') as string,
      }),
    );
  });

  test('survive a time limit for idle sessions', async () => {
    await host.asOwner((owner) => owner.query("ALTER ROLE limited SET idle_session_timeout = '2s'"));
    try {
      const flags = ['--baseline', 'shipped', '--only', 'by-author'];
      const { exitCode, err } = await visit(host.urlOf('limited'), flags);
      expect(exitCode, err).toBe(ExitCode.done);
    } finally {
      await host.asOwner((owner) => owner.query('ALTER ROLE limited RESET ALL'));
    }
  });

  test('may not be fewer than a run needs', async () => {
    const { exitCode, err } = await visit(host.urlOf('guest'), ['--max-sessions', '3']);
    expect(exitCode).toBe(ExitCode.usage);
    expect(err).toContain('--max-sessions: "3" is not accepted; it takes a whole number, 4 or more');
  });
});

describe('a guest for whom too few sessions are left', () => {
  const ours = async (): Promise<string[]> =>
    (await host.databases()).filter((name) => name.startsWith('index_impact_'));

  test("gets its role's limit as an error before anything is made", async () => {
    await host.asOwner((owner) => owner.query('ALTER ROLE limited CONNECTION LIMIT 3'));
    try {
      const { exitCode, err } = await visit(host.urlOf('limited'));
      expect(exitCode).toBe(ExitCode.incomplete);
      expect(err).toContain('3 sessions are free for this run, which needs 4');
      expect(err).toContain('The role "limited" has CONNECTION LIMIT 3');
      expect(err).toContain('ALTER ROLE "limited" CONNECTION LIMIT 10');
      expect(err).not.toContain('migrate');
      expect(await ours()).toEqual([]);
    } finally {
      await host.asOwner((owner) => owner.query('ALTER ROLE limited CONNECTION LIMIT 10'));
    }
  });

  test("gets the server's limit as an error before anything is made", async () => {
    await withConnections(loginTo(host.urlOf('stranger'), 'postgres'), 42, never, async () => {
      const { exitCode, err } = await visit(host.urlOf('guest'));
      expect(exitCode).toBe(ExitCode.incomplete);
      expect(err).toContain('3 sessions are free for this run, which needs 4');
      expect(err).toContain('max_connections is 48, of which 3 are reserved; 42 are in use');
      expect(err).not.toContain('migrate');
      expect(await ours()).toEqual([]);
    });
  });

  test('gets an error where no session is free', async () => {
    await withConnections(loginTo(host.urlOf('limited'), 'postgres'), 10, never, async () => {
      const { exitCode, err } = await visit(host.urlOf('limited'));
      expect(exitCode).toBe(ExitCode.incomplete);
      expect(err).toContain('too many connections for role "limited"');
      expect(err).toContain('CONNECTION LIMIT');
    });
  });
});

describe('the databases of a guest', () => {
  /** How often the server ran a statement of this kind. */
  const carriedOut = (kind: string): Promise<number> =>
    host.asOwner(async (owner) => {
      await owner.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
      const { rows } = await owner.query<{ n: string }>(
        'SELECT coalesce(sum(calls), 0) AS n FROM pg_stat_statements WHERE starts_with(query, $1)',
        [kind],
      );
      return Number(rows[0]?.n);
    });

  test('are as many as announced', async () => {
    const before = { made: await carriedOut('CREATE DATABASE'), dropped: await carriedOut('DROP DATABASE') };
    const { err } = await visit(host.urlOf('guest'), [
      '--suite',
      'tests/fixtures/tiny-suite-with-update/suite.ts',
    ]);
    const made = (await carriedOut('CREATE DATABASE')) - before.made;
    expect(err).toContain(`makes and drops ${made} databases`);
    expect((await carriedOut('DROP DATABASE')) - before.dropped).toBe(made);
  });

  test('are those that writes are counted and timed on: a write counts the same alone and beside others', async () => {
    const flags = ['--suite', 'tests/fixtures/tiny-suite-with-update/suite.ts', '--baseline', 'shipped'];
    const { result } = await visit(host.url, [...flags, '--only', 'insert-notes,update-notes']);
    expect(result?.writes.map(({ id, state }) => [id, state])).toEqual([
      ['insert-notes', 'measured'],
      ['update-notes', 'measured'],
    ]);
    const alone = await visit(host.url, [...flags, '--only', 'update-notes']);
    expect(countersOf(result, 'update-notes')).toMatchObject({ before: { executions: 100 } });
    expect(countersOf(result, 'update-notes')).toEqual(countersOf(alone.result, 'update-notes'));
  });
});

const countersOf = (result: Visit['result'], id: string): unknown => {
  const write = result?.writes.find((one) => one.id === id);
  return write?.state === 'measured' ? write.counters : undefined;
};

test('the question names the number of sessions and databases, too', async () => {
  await withConnection(loginTo(host.url), never, async (somebody) => {
    await somebody.query("SET application_name = 'somebody else'");
    const questions: string[] = [];
    const ask = (question: string): Promise<string> => {
      questions.push(question);
      return Promise.resolve('n');
    };
    const io = { ...capturedIo(), ask, env: { DATABASE_URL: host.urlOf('guest') } };
    expect(await run([...TINY, '--out', directory, '--target', 'url'], io)).toBe(ExitCode.incomplete);
    expect(questions).toEqual([
      expect.stringMatching(/makes and drops \d+ databases[^]*at most \d+ sessions/),
    ]);
  });
});
