import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { missingMajors } from '../bench/servers/embedded/other-majors.fixture.ts';
import { MAJORS } from '../bench/servers/server-settings.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { findPsql, runByPsql } from './fixtures/psql.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { shopFile, startShop } from './fixtures/shop.ts';
import { startServer } from './fixtures/test-server.fixture.ts';
import { readerUrl } from './fixtures/source.ts';
import { refuseUnlessTwo } from '../bench/servers/url/refuse-unless-two.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { parseResult } from '../bench/report/result-file.ts';
import { parseSnapshot } from '../bench/source/snapshot/read-snapshot.ts';
import { snapshotScript } from '../bench/source/snapshot/script/snapshot-script.ts';

const missing = missingMajors(MAJORS);
if (missing) process.stderr.write(`skipped: ${missing.message}; npm run test:majors adds them\n`);

const own = ownDirectories();
const psql = await findPsql();

async function storedResults() {
  const directories = (await readdir(own.out)).filter((name) => name !== 'latest.md').toSorted();
  const files = directories.map((name) => join(own.out, name, 'result.json'));
  return Promise.all(files.map(async (file) => parseResult(await readFile(file, 'utf8'), file)));
}

test.skipIf(missing)('arms on servers of two majors are refused', async () => {
  const [one, other] = [await startServer({}, 14), await startServer({}, 17)];
  const [before, after] = [one.server.admin().url, other.server.admin().url];
  const { signal } = new AbortController();
  await expect(refuseUnlessTwo({ before, after, asTheyAre: false }, signal)).rejects.toThrow(
    '--after: is PostgreSQL 17, and --before is 14; both have to be of the same major',
  );
  for (const { stop } of [one, other]) await stop();
});

test.skipIf(missing)(
  'every major measures the same rows and answers, and one table shows them all',
  async () => {
    const io = capturedIo();
    const tiny = '--suite tests/fixtures/tiny-suite/suite.ts --scale 0.05 --baseline shipped --budget 1';
    const flags = [...tiny.split(' '), '--out', own.out];
    expect(await run(['matrix', ...flags], io), io.err()).toBe(ExitCode.done);
    expect(io.out()).toMatch(/^ +PostgreSQL +14 +15 +16 +17 +18$/m);

    const results = await storedResults();
    expect(results.map(({ environment }) => Number.parseInt(environment.postgresVersion, 10))).toEqual(
      MAJORS,
    );
    const [first, ...others] = results.map(({ dataset, reads, writes }) => ({
      rows: dataset.tables.map(({ table, sha256 }) => [table, sha256]),
      answers: reads.map((read) => read.state === 'measured' && read.answers.sha256),
      states: [...reads, ...writes].map(({ state }) => state),
    }));
    expect(new Set(first?.states)).toEqual(new Set(['measured']));
    for (const other of others) expect(other).toEqual(first);
  },
);

test.skipIf(missing).each([14, 17])(
  'a source of PostgreSQL %i is rebuilt the same, and measured on that major',
  async (major) => {
    const shop = await startShop(major);
    try {
      vi.stubEnv('PGPASSWORD', 'reads');
      const io = capturedIo();
      const flags = ['--from', readerUrl(shop), '--yes', '--budget', '1', '--out', own.out];
      expect(await run(['try', ...flags, shopFile('by-customer.sql')], io), io.err()).toBe(ExitCode.done);
      const [result] = await storedResults();
      expect(result?.environment.postgresVersion).toMatch(new RegExp(`^${major}\\.`));
      expect(io.err()).toContain('rebuilt, the same');
      expect(result?.source?.statements).toMatchObject({ observed: 6, replayed: 6 });
    } finally {
      vi.unstubAllEnvs();
      await shop.stop();
    }
  },
);

test.skipIf(missing)('a source that is measured on another major says so', async () => {
  const shop = await startShop(15);
  try {
    vi.stubEnv('PGPASSWORD', 'reads');
    const io = capturedIo();
    const flags = ['--from', readerUrl(shop), '--pg', '18', '--yes', '--budget', '1', '--out', own.out];
    expect(await run(['try', ...flags, shopFile('by-customer.sql')], io), io.err()).toBe(ExitCode.done);
    const [result] = await storedResults();
    expect(result?.warnings.map(({ code }) => code)).toContain('other-major');
    expect(io.err()).toContain('embedded PostgreSQL 18; the source has 15');
  } finally {
    vi.unstubAllEnvs();
    await shop.stop();
  }
});

test.skipIf(missing).each(MAJORS)(
  'a snapshot of PostgreSQL %i has statistics, and plans for any parameters',
  async (major) => {
    const shop = await startShop(major);
    try {
      vi.stubEnv('PGPASSWORD', 'reads');
      const io = capturedIo();
      expect(await run(['snapshot', '--from', readerUrl(shop)], io), io.err()).toBe(ExitCode.done);
      const { postgresVersion, tables, statements } = await parseSnapshot(io.out(), 'snapshot.json');
      expect(postgresVersion).toMatch(new RegExp(`^${major}\\.`));
      const columns = tables.flatMap((table) => table.columns);
      expect(columns.filter(({ statistics }) => statistics === undefined)).toEqual([]);
      const read = statements.find(({ sql }) => sql.startsWith('SELECT id, total'));
      expect(read?.plan?.tree.type).toBe('Limit');
      if (psql === undefined) return;
      const printed = await runByPsql(psql, snapshotScript(), readerUrl(shop));
      const { fanOuts, statements: texts } = await parseSnapshot(printed, 'psql.json');
      expect(fanOuts.map(({ table }) => table)).toEqual(['"Event Log"', 'sales.orders']);
      expect(texts.length).toBeGreaterThan(0);
    } finally {
      vi.unstubAllEnvs();
      await shop.stop();
    }
  },
);
