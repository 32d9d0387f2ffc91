import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withConnection } from '../bench/database/connection.ts';
import { withEmbeddedServer } from '../bench/servers/embedded/embedded.ts';
import { serverSettings } from '../bench/servers/server-settings.ts';
import { KILLS, ownTemporary, PROGRAM, SMALL, start, untilShown } from './fixtures/kills.ts';
import { untilMaking } from './fixtures/making-databases.ts';
import { parseResult } from '../bench/report/result-file.ts';

const never = new AbortController().signal;

const temporary = ownTemporary();

let out: string;
beforeEach(async () => (out = await mkdtemp(join(tmpdir(), 'reports-'))));
afterEach(() => rm(out, { recursive: true, force: true }));

const ONE_READ = ['run', ...SMALL, '--only', 'by-author', '--budget', '1'];

/** The last run's files, without those of earlier runs. */
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
    expect(await temporary.start(...flags).ended).toBe(0);
    const wholeMs = performance.now() - began;
    for (let kill = 1; kill <= KILLS; kill++) {
      const atMs = Math.random() * wholeMs;
      const { child, ended } = temporary.start(...flags);
      await Promise.race([sleep(atMs), ended]);
      child.kill('SIGKILL');
      await ended;
      const next = temporary.start(...flags);
      const where = `kill ${kill}, after ${atMs.toFixed()} ms of ${wholeMs.toFixed()}`;
      expect(await next.ended, `${where}\n${next.output()}`).toBe(0);
      const { run, reads } = await lastResult();
      expect([run.outcome.state, reads[0]?.state], where).toEqual(['complete', 'measured']);
      expect(await readdir(temporary.path), where).toEqual([]);
      expect(await temporary.serversLeft(), where).toEqual([]);
    }
  },
);

test("a killed run's measurements can be reported, and are not repeated", async () => {
  const flags = ['run', ...SMALL, '--budget', '20', '--out', out];
  const killed = temporary.start(...flags);
  await untilShown(killed, () => / 3\/\d+/.test(killed.output()));
  killed.child.kill('SIGKILL');
  await killed.ended;
  const [name = ''] = await readdir(out);
  const directory = join(out, name);
  expect(await readdir(directory)).not.toContain('result.json');

  const report = temporary.start('report', directory, '--out', out);
  expect(await report.ended, report.output()).toBe(0);
  const [read] = (await lastResult()).reads;
  expect(read).toMatchObject({ id: 'by-author', state: 'measured' });
  expect(await readdir(directory)).toContain('report.md');

  const resumed = temporary.start('run', '--resume', directory);
  expect(await resumed.ended, resumed.output()).toBe(0);
  const whole = await lastResult();
  expect(whole.run.outcome.state).toBe('complete');
  const [again] = whole.reads;
  if (read?.state !== 'measured' || again?.state !== 'measured') throw new Error('the read is measured');
  expect(again.pairs.slice(0, read.pairs.length)).toEqual(read.pairs);
});

test('clean lists and removes what a killed guest left on a server, and nothing in use', async () => {
  const options = { settings: serverSettings(0.25), keep: false, signal: never };
  await withEmbeddedServer(options, async (server) => {
    const databases = () =>
      withConnection(server.admin(), never, async (owner) => {
        const { rows } = await owner.query<{ name: string }>(
          "SELECT datname AS name FROM pg_database WHERE datname LIKE 'index_impact%' ORDER BY 1",
        );
        return rows.map(({ name }) => name);
      });
    const env = { DATABASE_URL: server.admin().url, TMPDIR: temporary.path };
    const command = (...argv: string[]) => start(PROGRAM, argv, { env });
    const guest = command('run', ...SMALL, '--target', 'url', '--yes', '--out', out);
    while ((await databases()).length < 3) await sleep(50);

    // Otherwise it might have made all its databases meanwhile.
    guest.child.kill('SIGSTOP');
    const early = command('clean', '--yes');
    expect(await early.ended).toBe(0);
    expect(early.output()).toMatch(/index_impact_\w+_template\n +a database on 127\.0\.0\.1:\d+, .*, in use/);
    expect((await databases()).length).toBeGreaterThanOrEqual(3);
    guest.child.kill('SIGCONT');

    await withConnection(server.admin(), never, async (owner) => {
      await untilMaking(owner, true);
      guest.child.kill('SIGKILL');
      await guest.ended;
      // The server continues, and notices the lost client only when it sends its answer.
      await untilMaking(owner, false);
    });
    await sleep(1000);
    const listing = command('clean');
    expect(await listing.ended).toBe(0);
    expect(listing.output()).toContain('Nothing was removed; --yes removes what is orphaned.');
    const late = command('clean', '--yes');
    expect(await late.ended, late.output()).toBe(0);
    expect(late.output()).toMatch(/Removed \d+\./);
    expect(await databases()).toEqual([]);
  });
});
