import { expect, test } from 'vitest';
import type { CandidateIndex } from '../../model/candidate.ts';
import { nodeBuildOf, type NodeWrites, type Spread } from '../../model/cluster.ts';
import type { Result } from '../../model/result.ts';
import { renderMarkdown } from '../formats/markdown/markdown.ts';
import { sampleResult } from '../sample-result.fixture.ts';
import { clusterWorkSection } from './cluster-work.ts';
import { clusterSection } from './cluster.ts';
import { reportSections } from './report-sections.ts';

const MB = 1024 ** 2;
const spread = (parts: number, least: number, most: number): Spread => ({
  parts,
  least,
  most,
  sum: (parts * (least + most)) / 2,
});
const sizes = (indexBytes: number) =>
  ['worker 1', 'worker 2'].map((node) => ({ node, tableBytes: 12 * MB, indexBytes }));
const writing = (node: string, walRecords: number, hotUpdates: number): NodeWrites => ({
  node,
  walRecords,
  walBytes: 100 * walRecords,
  fullPageImages: 0,
  buffersDirtied: 10,
  updates: 100,
  hotUpdates,
  serverMs: 12.5,
});

/** The sample as if its posts were distributed by their id over two workers, and its leads a reference table. */
function onCluster(): Result {
  const sample = sampleResult();
  const [index] = sample.candidate.indexes;
  if (!index) throw new Error('the sample has no index');
  return {
    ...sample,
    dataset: {
      ...sample.dataset,
      distribution: {
        tables: [
          { table: 'leads', placement: { state: 'reference' } },
          { table: 'reports', placement: { state: 'local' } },
          { table: 'social_media_activity', placement: { state: 'distributed', column: 'id', shards: 8 } },
        ],
        changed: [
          {
            table: 'social_media_activity',
            name: 'posts_key',
            before: 'UNIQUE (post)',
            after: 'UNIQUE (post, id)',
          },
        ],
      },
    },
    candidate: {
      ...sample.candidate,
      indexes: [{ ...index, copies: { count: 8, invalid: 0 }, builds: index.builds.map(onNodes) }],
    },
    storage: sample.storage.map((size) => ({
      ...size,
      nodes: { before: sizes(3 * MB), after: sizes(5 * MB) },
      shards: { before: spread(8, MB, 3 * MB), after: spread(8, 2 * MB, 4 * MB) },
    })),
    reads: sample.reads.map((read) =>
      read.state === 'failed'
        ? read
        : {
            ...read,
            ...(read.planning && { taskPlanning: read.planning }),
            plans: {
              ...read.plans,
              after: { ...read.plans.after, distributed: { execution: 'fan-out', tasks: 8 } },
            },
            counters: {
              before: { ...read.counters.before, nodes: reading(900), tasks: spread(8, 200, 250) },
              after: { ...read.counters.after, nodes: reading(30), tasks: spread(8, 3, 12) },
            },
          },
    ),
    writes: sample.writes.map((write) =>
      write.state === 'failed' || !write.counters
        ? write
        : {
            ...write,
            counters: {
              before: {
                ...write.counters.before,
                nodes: [writing('worker 1', 200, 90), writing('worker 2', 200, 80)],
              },
              after: {
                ...write.counters.after,
                nodes: [writing('worker 1', 300, 0), writing('worker 2', 500, 0)],
                shards: spread(8, 50, 150),
              },
            },
          },
    ),
  };
}

const onNodes = (build: CandidateIndex['builds'][number]): CandidateIndex['builds'][number] => ({
  ...build,
  nodes: [nodeBuildOf('worker 1', [4, 5, 4, 6]), nodeBuildOf('worker 2', [7, 5, 3, 9])],
});

const reading = (sharedBlocks: number) =>
  ['worker 1', 'worker 2'].map((node) => ({ node, tasks: 4, sharedBlocks, serverMs: sharedBlocks / 100 }));

test('a report of a cluster shows its nodes, its tables, and what is otherwise than on one machine', async () => {
  const text = renderMarkdown(onCluster(), 'result.json');
  const from = text.indexOf('## Cluster\n');
  const part = text.slice(from, text.indexOf('\n## ', text.indexOf('## Cluster, node by node') + 1));
  expect(from).toBeGreaterThan(0);
  await expect(part).toMatchFileSnapshot('../__golden__/cluster.md');
});

test('planning is shown on the coordinator and of a task apart', () => {
  const sectionOf = (result: Result) =>
    reportSections(result, 'page').find(({ title }) => title === 'Reads, planned');
  const captions = sectionOf(onCluster())?.tables.map(({ caption }) => caption);
  expect(captions).toEqual([
    'shipped, on the coordinator',
    'bare, on the coordinator',
    'shipped, a task on its node',
    'bare, a task on its node',
  ]);
  expect(sectionOf(sampleResult())?.tables.map(({ caption }) => caption)).toEqual(['shipped', 'bare']);
});

test('the plan of each read says how Citus carries it out', () => {
  const [reads] = reportSections(onCluster(), 'page').filter(({ title }) => title === 'Reads');
  expect(JSON.stringify(reads)).toContain('; fan-out, 8 tasks');
});

test('an index that is not valid on every shard is named', () => {
  const result = onCluster();
  const [index] = result.candidate.indexes;
  if (!index) throw new Error('there is no index');
  const indexes = [{ ...index, copies: { count: 7, invalid: 1 } }];
  const { remarks } = clusterSection({ ...result, candidate: { ...result.candidate, indexes } }, 'page');
  expect(remarks[0]).toContain(`not valid on every shard: ${index.name} (1)`);
});

test('a report of one machine has none of it', () => {
  expect(clusterSection(sampleResult(), 'page').tables).toEqual([]);
  expect(clusterWorkSection(sampleResult()).tables).toEqual([]);
});
