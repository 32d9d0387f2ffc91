import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withConnection } from './database/connection.ts';
import { withEmbeddedServer } from './database/provision/embedded.ts';
import { serverSettings } from './database/provision/server-settings.ts';
import { untilMaking } from './fixtures/making-databases.ts';
import { runningCommands } from './fixtures/running-commands.ts';
import { parseResult } from './report/result-file.ts';

/** How often a run is killed: `npm run test:kills` does it 20 times. */
const KILLS = Number(process.env.KILLS ?? 2);
const never = new AbortController().signal;

let temporary: string;
let out: string;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'kills-'));
  await chmod(temporary, 0o755);
  out = await mkdtemp(join(tmpdir(), 'reports-'));
});
afterEach(async () => {
  await rm(temporary, { recursive: true, force: true });
  await rm(out, { recursive: true, force: true });
});

const SMALL = ['--suite', 'bench/fixtures/tiny-suite/suite.ts', '--scale', '0.05', '--baseline', 'shipped'];
const ONE_READ = ['run', ...SMALL, '--only', 'by-author', '--budget', '1'];

function start(
  argv: string[],
  env: Record<string, string> = {},
): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ['--import', './scripts/typescript.js', 'bench/bin.ts', ...argv], {
    env: { ...process.env, TMPDIR: temporary, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

const exitCode = async (child: ChildProcess): Promise<unknown> => (await once(child, 'close'))[0];

/** Processes of PostgreSQL that were started for a directory below the temporary one. */
const serversLeft = async (): Promise<string[]> =>
  (await runningCommands(`${basename(temporary)}/`)).filter((command) => command.includes('postgres'));

/** The last run's, whatever those before it have left. */
async function lastResult() {
  const last = (await readdir(out))
    .filter((name) => name !== 'latest.md')
    .toSorted()
    .at(-1);
  const file = join(out, last ?? '', 'result.json');
  return parseResult(await readFile(file, 'utf8'), file);
}

test.runIf(process.platform === 'linux')(
  `after each of ${KILLS} kills the next run is good and leaves nothing`,
  { timeout: KILLS * 120_000 },
  async () => {
    const flags = [...ONE_READ, '--out', out];
    const began = performance.now();
    expect(await exitCode(start(flags).child)).toBe(0);
    const wholeMs = performance.now() - began;
    for (let kill = 1; kill <= KILLS; kill++) {
      const atMs = Math.random() * wholeMs;
      const { child } = start(flags);
      const ended = exitCode(child);
      await Promise.race([sleep(atMs), ended]);
      child.kill('SIGKILL');
      await ended;
      const next = start(flags);
      const where = `kill ${kill}, after ${atMs.toFixed()} ms of ${wholeMs.toFixed()}`;
      expect(await exitCode(next.child), `${where}\n${next.output()}`).toBe(0);
      const { run, reads } = await lastResult();
      expect([run.outcome.state, reads[0]?.state], where).toEqual(['complete', 'measured']);
      expect(await readdir(temporary), where).toEqual([]);
      expect(await serversLeft(), where).toEqual([]);
    }
  },
);

test('what a killed guest leaves on a server is listed and removed by clean, and nothing that is in use', async () => {
  const options = { settings: serverSettings(0.25), keep: false, signal: never };
  await withEmbeddedServer(options, async (server) => {
    const databases = () =>
      withConnection(server.admin(), never, async (owner) => {
        const { rows } = await owner.query<{ name: string }>(
          "SELECT datname AS name FROM pg_database WHERE datname LIKE 'index_impact%' ORDER BY 1",
        );
        return rows.map(({ name }) => name);
      });
    const env = { DATABASE_URL: server.admin().url };
    const guest = start(['run', ...SMALL, '--target', 'url', '--yes', '--out', out], env);
    while ((await databases()).length < 3) await sleep(50);

    const early = start(['clean', '--yes'], env);
    expect(await exitCode(early.child)).toBe(0);
    expect(early.output()).toMatch(/index_impact_\w+_template\n +a database on 127\.0\.0\.1:\d+, .*, in use/);
    expect((await databases()).length).toBeGreaterThanOrEqual(3);

    await withConnection(server.admin(), never, async (owner) => {
      await untilMaking(owner, true);
      guest.child.kill('SIGKILL');
      await exitCode(guest.child);
      // The server goes on, and notices that nobody is there any more when it wants to answer.
      await untilMaking(owner, false);
    });
    await sleep(1000);
    const listing = start(['clean'], env);
    expect(await exitCode(listing.child)).toBe(0);
    expect(listing.output()).toContain('Nothing was removed; --yes removes what is orphaned.');
    const late = start(['clean', '--yes'], env);
    expect(await exitCode(late.child), late.output()).toBe(0);
    expect(late.output()).toMatch(/Removed \d+\./);
    expect(await databases()).toEqual([]);
  });
});
