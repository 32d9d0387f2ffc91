import { afterAll, beforeAll, expect, test } from 'vitest';
import { testSite } from '../../../tests/fixtures/test-server.fixture.ts';
import { randomFor } from '../../../seed/random.ts';
import { askingOnce } from '../../database/ask-rows.ts';
import { withConnection } from '../../database/connection.ts';
import { createDatabase, dropDatabase } from '../../database/databases.ts';
import { databaseName, type Server } from '../../database/server.ts';
import type { LongRun } from '../../model/long-run.ts';
import type { Warning } from '../../model/outcome.ts';
import type { ReadItem, WriteItem } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { nothingMeasured } from '../measured.ts';
import { aloneOn, type ItemSite } from '../sites.ts';
import { measureLongRun } from './long-run.ts';

const site = testSite();
const nameOf = (arm: string): string => databaseName(site.server, arm);
const databases = { before: nameOf('before'), after: nameOf('after') };
beforeAll(async () => {
  for (const name of Object.values(databases)) {
    await createDatabase(site, name);
    await withConnection(site.server.owner(name), site.signal, (owner) =>
      owner.query('CREATE TABLE notes (id bigserial PRIMARY KEY, author int)'),
    );
  }
});
afterAll(async () => {
  for (const name of Object.values(databases)) await dropDatabase(site, name);
});

const common = { workload: 'headline', weight: 1 } as const;
const read: ReadItem = {
  ...{ kind: 'read', id: 'count', title: 'All notes', source: '', ...common },
  sql: 'SELECT count(*) FROM notes',
};
const write: WriteItem = {
  ...{ kind: 'write', id: 'insert', title: 'INSERT notes', operation: 'INSERT', table: 'notes', ...common },
  sql: 'INSERT INTO notes (author) VALUES ($1)',
  draw: ({ ordinal }) => [ordinal],
};

/** A long run of a second a stretch, as a guest: the other tests' server keeps its settings. */
async function longRun({ write: written = write, room = Infinity, known = [] as LongRun[] } = {}) {
  const added: LongRun[] = [];
  const warnings: Warning[] = [];
  const measured = (item: ReadItem | WriteItem) => [{ state: 'measured', item, baseline: 'shipped' }];
  const server: Server = {
    ...site.server,
    ...{ isOurs: false, room: () => Promise.resolve({ bytes: room, limit: 'its disk' }) },
  };
  const itemSite = {
    ...aloneOn({ server, signal: site.signal }, server),
    ...{ ask: askingOnce(), rowsOf: () => 0 },
    randomFor: (purpose: string) => randomFor(1, purpose),
    phases: { during: (_: string, work: () => Promise<unknown>) => work() },
    store: { add: (_: string, run: LongRun) => Promise.resolve(added.push(run)) },
    state: {
      measured: { ...nothingMeasured(), reads: measured(read), writes: measured(written), longRuns: known },
      addWarnings: (more: readonly Warning[]) => warnings.push(...more),
    },
  } as unknown as ItemSite;
  const arms = { baseline: 'shipped', databases } as BaselineArms;
  const items = { reads: [read], writes: [written], mix: { reads: 1, writes: 1 } };
  await measureLongRun(arms, items, 1, itemSite);
  return { added, causes: warnings.map(({ cause }) => cause) };
}

test('a guest loads copies of both arms, and changes no setting of the server', async () => {
  const { added, causes } = await longRun();
  expect(causes).toEqual([]);
  expect(added).toMatchObject([{ sessions: 8, usedUp: [], settings: { autovacuum: 'off' } }]);
  for (const { executions } of added[0]?.stretches ?? []) expect(executions[0]).toBeGreaterThan(0);
  expect(added[0]?.after.atEnd.tableBytes).toBeGreaterThan(added[0]?.after.atStart.tableBytes ?? NaN);
});

test('a statement that fails under load ends only the long run, and a note names it', async () => {
  const failing = { ...write, sql: 'INSERT INTO notes (author) VALUES (1000 / (100 - $1::int))' };
  expect(await longRun({ write: failing })).toEqual({
    added: [],
    causes: ['there is no long run: a statement failed in it: INSERT notes: division by zero'],
  });
});

test('copies that may not fit are not made, and a note says what they take', async () => {
  const { added, causes } = await longRun({ room: 1024 ** 2 });
  expect(added).toEqual([]);
  expect(causes.join()).toMatch(
    /^there is no long run: its copies may take \d+\.\d MB; 1\.00 MB are left: its disk$/,
  );
});

test('what an earlier process has measured of the run is not measured again', async () => {
  expect(await longRun({ known: [{} as LongRun] })).toEqual({ added: [], causes: [] });
});
