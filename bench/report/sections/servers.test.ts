import { expect, test } from 'vitest';
import type { Estimate } from '../../model/estimate.ts';
import type { Result } from '../../model/result.ts';
import type { TwoServers } from '../../model/two-servers.ts';
import { renderTerminal } from '../formats/terminal/terminal.ts';
import { sampleResult } from '../sample-result.fixture.ts';
import { serversSection } from './servers.ts';

const estimate = (point: number, low: number, high: number): Estimate => ({
  ...{ point, low, high },
  ...{ confidence: 0.95, n: 20, method: 'made up' },
});

const servers: TwoServers = {
  before: { place: 'branch-1.db.test', postgresVersion: '17.4' },
  after: { place: 'branch-2.db.test:6432', postgresVersion: '17.5' },
  differing: [{ setting: 'work_mem', before: '4MB', after: '64MB' }],
  ratio: estimate(1.1, 1.08, 1.12),
};

const sample = sampleResult();
const result: Result = {
  ...sample,
  reads: sample.reads.map((read) =>
    read.state === 'measured' ? { ...read, serverRatio: estimate(1.11, 1.08, 1.14) } : read,
  ),
  writes: sample.writes.map((write) =>
    write.state === 'measured' ? { ...write, serverRatio: estimate(0.97, 0.91, 1.04) } : write,
  ),
  servers,
};

test('a report of arms on two servers has what the servers make of each statement', async () => {
  const [section] =
    /^Servers$.*?\n(?=\n\S)/ms.exec(renderTerminal(result, { columns: 140, color: false })) ?? [];
  await expect(section).toMatchFileSnapshot('../__golden__/servers.txt');
});

test('servers that the canaries do not tell apart are not said to be alike', () => {
  const { before, after, differing } = servers;
  expect(serversSection({ ...result, servers: { before, after, differing } }, 'page').remarks[1]).toBe(
    'how far the servers differ is not known: the canaries had too few rounds on both',
  );
});

test('a report of databases as they are has what the servers make of each yardstick', async () => {
  const yardsticks = [
    { title: 'Count of notes', ratio: estimate(1.08, 1.06, 1.1) },
    { title: 'Digests of 50,000 numbers', ratio: estimate(1.12, 1.1, 1.14) },
  ];
  const staying: Result = { ...result, servers: { ...servers, arms: 'stay', yardsticks } };
  const [section] =
    /^Servers$.*?\n(?=\n\S)/ms.exec(renderTerminal(staying, { columns: 140, color: false })) ?? [];
  await expect(section).toMatchFileSnapshot('../__golden__/servers-as-they-are.txt');
});

test('a report of arms on one server has no such section', () => {
  expect(serversSection(sample, 'page').tables).toEqual([]);
});
