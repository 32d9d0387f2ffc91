import { afterEach, expect, test } from 'vitest';
import { testSite } from '../../tests/fixtures/test-server.fixture.ts';
import { dropDatabase } from '../database/databases.ts';
import { readSqlFile } from '../database/sql-file.ts';
import { silentProgress } from '../progress/progress.ts';
import { applyToArms, makeArms, namesOf } from './arms.ts';
import { describeNeeds, expectedSizes, needsOf } from './needs.ts';
import { Phases } from './phases.ts';
import type { RunRequest } from './run-request.ts';
import { prepareTemplate, templateName } from './template.ts';
import { sampleRequest } from './unfinished.fixture.ts';

const site = testSite();
const { server, signal } = site;
const request: RunRequest = {
  ...sampleRequest('out', () => []),
  scale: 0.1,
};
const { databaseBytes, walBytes } = expectedSizes(request, server);

const needsWith = (databases: number, other: Partial<RunRequest> = {}) => {
  const observerBytes = 8 * 1024 ** 2;
  const bytes = databases * databaseBytes + observerBytes + walBytes;
  return needsOf(
    { ...request, ...other },
    { ...server, room: () => Promise.resolve({ bytes, limit: 'so much' }) },
  );
};

const made: string[] = [];
afterEach(async () => {
  for (const name of made.splice(0)) await dropDatabase(site, name);
});

test('a database takes about what was expected of it', async () => {
  made.push(templateName(server));
  await prepareTemplate(server, request, new Phases(silentProgress, () => undefined), signal);
  const candidate = await readSqlFile(request.suite.candidate.up);
  const arms = await applyToArms(await makeArms(site, 'shipped'), candidate, site);
  made.push(...namesOf([arms]));
  const sizes = `SELECT datname, pg_database_size(datname) AS bytes FROM pg_database WHERE datname = ANY ($1)`;
  const { rows } = await server.administer((admin) => admin.query<{ bytes: string }>(sizes, [made]));
  expect(rows).toHaveLength(3);
  for (const { bytes } of rows) {
    expect(Number(bytes)).toBeGreaterThan(0.75 * databaseBytes);
    expect(Number(bytes)).toBeLessThan(1.25 * databaseBytes);
  }
});

test('everything is together where the disk has room for it, and one baseline follows the other elsewhere', async () => {
  const { stages, copiesAtOnce } = await needsWith(1000);
  expect(stages).toEqual([['shipped', 'bare']]);
  const all = 1 + 4 + copiesAtOnce;
  expect(await needsWith(all)).toMatchObject({ stages, copiesAtOnce });
  expect(await needsWith(all - 1)).toMatchObject({
    stages: [['shipped'], ['bare']],
    copiesAtOnce: copiesAtOnce / 2,
  });
  expect(await needsWith(5)).toMatchObject({ stages: [['shipped'], ['bare']], copiesAtOnce: 2 });
});

test('a run is refused when the disk has not even room for the two copies of one comparison', async () => {
  await expect(needsWith(4)).rejects.toMatchObject({
    message: 'There is no room for the databases of this run',
    detail: expect.stringMatching(/^They take about [\d.]+ MB; [\d.]+ MB are left: so much\.$/) as unknown,
  });
});

test('arms that are to be kept are not dropped for others', async () => {
  await expect(needsWith(5, { keep: true })).rejects.toThrow('There is no room');
  expect((await needsWith(1000, { keep: true })).stages).toEqual([['shipped', 'bare']]);
});

test('what a run needs is said in one line, with what it means for the times', async () => {
  const needs = await needsWith(1000, { baselines: ['shipped'] });
  expect(describeNeeds(needs)).toMatch(/^needs about \d+ MB of disk, \d+ MB of memory: in memory$/);
  const use = { ...needs.memoryUse, regime: 'unknown' } as const;
  expect(describeNeeds({ ...needs, memoryUse: use })).toMatch(/: how much the server has is not known$/);
});
