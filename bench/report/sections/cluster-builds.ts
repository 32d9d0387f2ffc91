import { count, significant } from '../../format/quantity.ts';
import type { Baseline } from '../../model/arm.ts';
import type { Result } from '../../model/result.ts';
import { decimal, left, right, type Table } from './section.ts';

/** How long the nodes of a cluster built their copies of each index of the candidate. */
export function buildsByNodeTable({ candidate }: Result, baseline: Baseline): Table {
  const rows = candidate.indexes.flatMap(({ name, builds }) => {
    const { buildMs = 0, nodes = [] } = builds.find((build) => build.baseline === baseline) ?? {};
    const inOrder = nodes.toSorted((a, b) => a.buildMs - b.buildMs);
    const [fastest, slowest] = [inOrder[0], inOrder.at(-1)];
    if (!fastest || !slowest) return [];
    return [
      [
        name,
        significant(buildMs),
        count(nodes.reduce((sum, { copies }) => sum + copies, 0)),
        ...[fastest, slowest].flatMap((node) => [node.node, significant(node.buildMs)]),
        significant(Math.min(...nodes.map(({ leastMs }) => leastMs))),
        significant(Math.max(...nodes.map(({ mostMs }) => mostMs))),
      ],
    ];
  });
  return {
    caption: `index builds, ${baseline}`,
    columns: [
      left('index'),
      decimal('build', 'ms'),
      right('copies'),
      ...['fastest node', 'slowest node'].flatMap((group) => [
        { ...left('name'), group },
        { ...decimal('its copies', 'ms'), group },
      ]),
      ...['least', 'most'].map((heading) => ({ ...decimal(heading, 'ms'), group: 'a copy' })),
    ],
    rows,
  };
}

/** What the table leaves out. */
export const BUILDS_REMARK =
  'index builds: the statement for each shard, as pg_stat_statements of its node times it; of its own copies the coordinator tells those alone that are built concurrently';
