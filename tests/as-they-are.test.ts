import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withConnection } from '../bench/database/connection.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { PASSWORD, startHost, type Host } from './fixtures/host.ts';
import { slowedServer } from './fixtures/slowed-server.ts';
import { storedResult } from './fixtures/stored-result.ts';
import { loginTo } from './fixtures/test-server.fixture.ts';

const never = new AbortController().signal;

/** The rows of the suite, and a role that may read them. Pages are dear, so that the planner avoids those it can. */
const ROWS = `
  INSERT INTO naps (kind, pillow)
    SELECT CASE WHEN i % 5 = 0 THEN 'light' ELSE 'deep' END, repeat('x', 5000) FROM generate_series(0, 24) AS i;
  GRANT SELECT ON naps TO reader;
  CREATE EXTENSION pg_stat_statements`;
const READER = `CREATE ROLE reader LOGIN PASSWORD '${PASSWORD}'; GRANT pg_read_all_stats TO reader`;

const fileOf = (name: string): Promise<string> => readFile(join(NAPS, name), 'utf8');
const NAPS = 'tests/fixtures/naps-suite';

/** A database with the rows of the suite, and with its index or without. */
async function makeNaps(host: Host, name: string, candidate = ''): Promise<void> {
  await host.asOwner((owner) => owner.query(`CREATE DATABASE ${name}`));
  await host.asOwner((owner) => owner.query(`ALTER DATABASE ${name} SET seq_page_cost = 100`));
  for (const sql of [await fileOf('schema.sql'), ROWS, candidate, 'VACUUM ANALYZE'])
    await inside(host, name, sql);
}

const inside = (host: Host, database: string, sql: string) =>
  withConnection(loginTo(host.url, database), never, (owner) => owner.query(sql));

let hosts: [Host, Host];
let slowed: Awaited<ReturnType<typeof slowedServer>>;
beforeAll(async () => {
  hosts = [await startHost(), await startHost()];
  for (const host of hosts) await host.asOwner((owner) => owner.query(READER));
  await makeNaps(hosts[0], 'naps');
  await makeNaps(hosts[1], 'naps', await fileOf('index.sql'));
  slowed = await slowedServer(hosts[1].url, 0.1);
  process.env.PGPASSWORD = PASSWORD;
});
afterAll(async () => {
  delete process.env.PGPASSWORD;
  await slowed.stop();
  for (const host of hosts) await host.stop();
});

let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'as-they-are-'));
});
afterEach(() => rm(out, { recursive: true }));

const at = (url: string, database = 'naps'): string =>
  Object.assign(new URL(url), { username: 'reader', password: '', pathname: database }).href;

async function measure(places: readonly string[], flags: readonly string[] = ['--budget', '2']) {
  const [before = '', after = ''] = places;
  const io = capturedIo();
  const line = ['run', '--suite', join(NAPS, 'suite.ts'), '--yes', '--as-they-are', '--out', out];
  const exitCode = await run([...line, '--before', before, '--after', after, ...flags], io);
  return { exitCode, out: io.out(), err: io.err() };
}

/** Databases, roles, and what is in the databases, on each server. */
const onBoth = (): Promise<unknown[]> =>
  Promise.all(
    hosts.map((host) =>
      host.asOwner(async (owner) => [
        await host.databases(),
        (await owner.query('SELECT rolname FROM pg_roles ORDER BY 1')).rows,
        (
          await inside(
            host,
            'naps',
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
          )
        ).rows,
      ]),
    ),
  );

test('the index is told apart from a server that answers a tenth later, and nothing is made on either', async () => {
  const there = await onBoth();
  const found = await measure([at(hosts[0].url), at(slowed.url)], ['--budget', '12']);
  expect(found.exitCode, found.err).toBe(ExitCode.done);
  expect(await onBoth()).toEqual(there);
  const {
    reads,
    writes,
    canaries,
    servers,
    candidate,
    warnings,
    dataset,
    run: asked,
  } = await storedResult(out);
  const [nap] = reads;
  if (nap?.state !== 'measured') throw new Error('the nap was not measured');
  // 20 rows are looked at instead of 25.
  expect(nap.estimate.low).toBeLessThan(1.25);
  expect(nap.estimate.high).toBeGreaterThan(1.25);
  expect(nap.plans).toMatchObject({ changed: true, candidateIndexes: ['ix_naps_kind'] });
  expect(nap.server).toBeDefined();
  expect(servers?.arms).toBe('stay');
  expect(servers?.ratio?.low).toBeLessThan(1.1);
  expect(servers?.ratio?.high).toBeGreaterThan(1.1);
  expect(servers?.yardsticks?.map(({ title }) => title)).toEqual([
    'Deep naps, without an index',
    'Count of naps',
    'Digests of 50,000 numbers',
    'Sort of 50,000 numbers',
  ]);
  expect(writes).toEqual([]);
  expect(canaries.map(({ id }) => id)).toEqual(['deep-naps-on-before', 'deep-naps-on-after']);
  expect(candidate.indexes).toMatchObject([{ name: 'ix_naps_kind', builds: [] }]);
  expect(dataset.tables).toMatchObject([{ table: 'naps', rows: 25 }]);
  expect(warnings.map(({ code }) => code)).toContain('reads-alone');
  expect(asked.command).toContain('--as-they-are');
});

test('two databases of one server', async () => {
  await makeNaps(hosts[0], 'indexed', await fileOf('index.sql'));
  const found = await measure([at(hosts[0].url), at(hosts[0].url, 'indexed')]);
  expect(found.exitCode, found.err).toBe(ExitCode.done);
  const { reads } = await storedResult(out);
  expect(reads).toMatchObject([{ state: 'measured', plans: { changed: true } }]);
});

test('an INVALID index is no index, and a run in whose middle an index goes ends with an error and does not go on', async () => {
  await makeNaps(
    hosts[1],
    'changing',
    `${await fileOf('index.sql')}; CREATE INDEX ix_naps_pillow ON naps (left(pillow, 9))`,
  );
  await inside(
    hosts[1],
    'changing',
    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_naps_pillow'::regclass",
  );
  const going = measure([at(hosts[0].url), at(hosts[1].url, 'changing')]);
  while ((await readdir(out)).length === 0) await sleep(50);
  await inside(hosts[1], 'changing', 'DROP INDEX ix_naps_kind');
  const found = await going;
  expect(found.exitCode).toBe(ExitCode.incomplete);
  expect(found.err).toMatch(
    /A database was changed while it was measured\n.*the index ix_naps_kind: CREATE INDEX/s,
  );
  const { warnings, run: asked } = await storedResult(out);
  expect(asked.outcome.state).toBe('failed');
  expect(warnings.map(({ cause }) => cause)).toContainEqual(
    expect.stringMatching(/^ix_naps_pillow .* is INVALID/),
  );
  expect(found.err).not.toContain('--resume');
  const io = capturedIo();
  const [directory = ''] = await readdir(out);
  expect(await run(['run', '--resume', join(out, directory)], io)).toBe(ExitCode.usage);
  expect(io.err()).toContain('--resume: databases as they are may have changed since');
});

describe('databases that are refused', () => {
  const expectRefused = async (
    places: readonly string[],
    exitCode: ExitCode,
    text: RegExp,
    flags: readonly string[] = [],
  ): Promise<void> => {
    const refused = await measure(places, flags);
    expect(refused.exitCode, refused.err).toBe(exitCode);
    expect(refused.err).toMatch(text);
    expect(refused.err).not.toContain(PASSWORD);
    expect((await readdir(out, { recursive: true })).filter((name) => name.endsWith('report.html'))).toEqual(
      [],
    );
  };

  test('the same one, by the same name and by another', async () => {
    const same = /--after: leads to the same database as --before/;
    const one = at(hosts[0].url);
    await expectRefused([one, one], ExitCode.usage, same);
    await expectRefused([one, one.replace('127.0.0.1', 'localhost')], ExitCode.usage, same);
  });

  test('two with the same indexes', async () => {
    await makeNaps(hosts[1], 'plain');
    await expectRefused(
      [at(hosts[0].url), at(hosts[1].url, 'plain')],
      ExitCode.incomplete,
      /The two databases have the same indexes\n.*Apply the candidate to that of --after/s,
    );
  });

  test('two that differ in more', async () => {
    await makeNaps(hosts[1], 'other', await fileOf('index.sql'));
    await inside(
      hosts[1],
      'other',
      'DELETE FROM naps WHERE id = 1; ALTER TABLE naps ADD CHECK (id > 0), ADD COLUMN bed int',
    );
    await expectRefused(
      [at(hosts[0].url), at(hosts[1].url, 'other')],
      ExitCode.incomplete,
      /differ in more than indexes\n.*the column naps\.bed: missing .* integer .*\n.*naps_id_check.*\n.*number of rows in naps: 25 .*24/s,
    );
    await makeNaps(hosts[1], 'reworded', await fileOf('index.sql'));
    await inside(
      hosts[1],
      'reworded',
      `CREATE OR REPLACE FUNCTION nap() RETURNS boolean LANGUAGE sql COST 0.0001 AS 'SELECT true';
       ALTER TABLE naps SET (fillfactor = 50), ENABLE ROW LEVEL SECURITY; CREATE STATISTICS kinds ON id, kind FROM naps`,
    );
    await expectRefused(
      [at(hosts[0].url), at(hosts[1].url, 'reworded')],
      ExitCode.incomplete,
      /the table naps: r p in .*fillfactor=50.*ROW SECURITY.*the function public\.nap\(\): another one .*the statistics kinds of naps: missing/s,
    );
  });

  test('one with a table that the role may not read', async () => {
    await makeNaps(hosts[1], 'secret', `${await fileOf('index.sql')}; CREATE TABLE "se""cret" (id int)`);
    await expectRefused(
      [at(hosts[0].url), at(hosts[1].url, 'secret')],
      ExitCode.incomplete,
      /The rows of "se""cret" cannot be counted.*permission denied for table se"cret\.\n.*Name a role/s,
    );
  });

  test('an item that writes', async () => {
    const only = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--only', 'insert-notes'];
    await expectRefused([at(hosts[0].url), at(hosts[1].url)], ExitCode.usage, /--only: names no read/, only);
  });

  test('flags that have nothing to say, all at once', async () => {
    const flags = ['--keep', '--scale', '2', '--baseline', 'bare', '--candidate', join(NAPS, 'index.sql')];
    const says =
      /--candidate: says nothing.*--baseline: says nothing.*--scale: says nothing.*--keep: says nothing/s;
    await expectRefused([at(hosts[0].url), at(hosts[1].url)], ExitCode.usage, says, flags);
    const io = capturedIo();
    expect(await run(['run', '--as-they-are'], io)).toBe(ExitCode.usage);
    expect(io.err()).toContain('--as-they-are: needs --before and --after');
  });
});
