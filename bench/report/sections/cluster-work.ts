import { executionText } from '../../format/execution-text.ts';
import { count, percentText, significant } from '../../format/quantity.ts';
import type { Baseline } from '../../model/arm.ts';
import { spreadOf, type NodeWrites } from '../../model/cluster.ts';
import type { WriteCounters } from '../../model/counters.ts';
import type { Result } from '../../model/result.ts';
import { BUILDS_REMARK, buildsByNodeTable } from './cluster-builds.ts';
import { skewText } from './cluster.ts';
import { left, right, tablePerBaseline, type Column, type Section, type Table } from './section.ts';

/** What each read, write and build asks of each node of a cluster. */
export function clusterWorkSection(result: Result): Section {
  const builds = tablePerBaseline(result, (baseline) => buildsByNodeTable(result, baseline));
  return {
    title: 'Cluster, node by node',
    tables: [
      ...tablePerBaseline(result, (baseline) => readsTable(result, baseline)),
      ...tablePerBaseline(result, (baseline) => writesTable(result, baseline)),
      ...builds,
    ],
    remarks: [
      'router: one task on one node; fan-out: a task for each shard; blocks of 8 kB of one execution, as EXPLAIN counts them on the node',
      'writes: per execution; time: what statements take on the node itself, the coordinator waiting for the others included',
      'skew of shards: WAL records of the one that has most, over the mean',
      ...(builds.length > 0 ? [BUILDS_REMARK] : []),
    ],
  };
}

const grouped = (group: string): Column[] => [
  { ...right('before'), group },
  { ...right('after'), group },
];

function readsTable({ reads }: Result, baseline: Baseline): Table {
  const rows = reads.flatMap((read) => {
    if (read.state === 'failed' || read.baseline !== baseline) return [];
    const { distributed } = read.plans.after;
    const { before, after } = read.counters;
    if (!distributed || !after.nodes) return [];
    return after.nodes.map((own, position) => {
      const was = before.nodes?.find(({ node }) => node === own.node);
      return [
        ...(position === 0 ? [read.title, executionText(distributed)] : ['', '']),
        own.node,
        count(own.tasks),
        was ? count(was.sharedBlocks) : '',
        count(own.sharedBlocks),
        was ? significant(was.serverMs) : '',
        significant(own.serverMs),
        position === 0 && after.tasks ? skewText(after.tasks) : '',
      ];
    });
  });
  return {
    caption: `reads, ${baseline}`,
    columns: [
      left('read'),
      left('execution'),
      left('node'),
      right('tasks'),
      ...grouped('blocks'),
      ...grouped('time, ms'),
      right('skew of tasks'),
    ],
    rows,
  };
}

/** A figure of one execution on one node. */
const FIGURES: readonly { heading: string; of: (node: NodeWrites, executions: number) => string }[] = [
  { heading: 'WAL records', of: ({ walRecords }, executions) => significant(walRecords / executions) },
  { heading: 'WAL bytes', of: ({ walBytes }, executions) => significant(walBytes / executions) },
  {
    heading: 'HOT',
    of: ({ updates, hotUpdates }) => (updates > 0 ? percentText(hotUpdates / updates) : ''),
  },
  { heading: 'time, ms', of: ({ serverMs }, executions) => significant(serverMs / executions) },
];

function writesTable({ writes }: Result, baseline: Baseline): Table {
  const rows = writes.flatMap((write) => {
    if (write.state === 'failed' || write.baseline !== baseline || !write.counters) return [];
    const { before, after } = write.counters;
    return (after.nodes ?? []).map((own, position) => {
      const was = before.nodes?.find(({ node }) => node === own.node);
      const figures = FIGURES.flatMap(({ of }) => [
        was ? of(was, before.executions) : '',
        of(own, after.executions),
      ]);
      return [position === 0 ? write.title : '', own.node, ...figures, position === 0 ? skewsOf(after) : ''];
    });
  });
  return {
    caption: `writes, ${baseline}`,
    columns: [
      left('write'),
      left('node'),
      ...FIGURES.flatMap(({ heading }) => grouped(heading)),
      right('skew of nodes, shards'),
    ],
    rows,
  };
}

/** "1.01, 1.9": of the nodes, and of the shards where the log tells. */
const skewsOf = ({ nodes = [], shards }: WriteCounters): string =>
  [spreadOf(nodes.map(({ walRecords }) => walRecords)), ...(shards ? [shards] : [])].map(skewText).join(', ');
