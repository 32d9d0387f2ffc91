import { byteUnit, count, counted, significant } from '../../format/quantity.ts';
import type { Baseline } from '../../model/arm.ts';
import { skewOf, spreadOf, type Spread } from '../../model/cluster.ts';
import type { Distribution } from '../../model/distribution.ts';
import type { Result, TableStorage } from '../../model/result.ts';
import { decimal, left, right, type Layout, type Section, type Table } from './section.ts';

/** Where the tables of a cluster lie, how evenly, and what is otherwise than on one machine. */
export function clusterSection(result: Result, layout: Layout): Section {
  const { distribution } = result.dataset;
  const [baseline] = result.run.baselines;
  const storage = result.storage.filter((size) => size.baseline === baseline);
  if (!distribution || !baseline) return { title: TITLE, tables: [], remarks: [] };
  const tables = [
    nodesTable(storage, baseline),
    tablesTable(distribution, storage, baseline),
    ...(layout === 'page' ? [changedTable(distribution)] : []),
  ];
  return {
    title: TITLE,
    tables: tables.filter(({ rows }) => rows.length > 0),
    remarks: [
      ...copiesRemarks(result),
      'skew: the most that one has, over the mean; 1 is even; tables with their indexes, of the arm with the candidate',
      ...(layout === 'page' ? [] : changedRemark(distribution)),
    ],
  };
}

const TITLE = 'Cluster';

/** Bytes of all tables and indexes on each node, before and after. */
function nodesTable(storage: readonly TableStorage[], baseline: Baseline): Table {
  const names = [
    ...new Set(storage.flatMap(({ nodes }) => nodes?.after.map(({ node }) => node) ?? [])),
  ].sort();
  const bytesOn = (node: string, arm: 'before' | 'after', figure: 'tableBytes' | 'indexBytes'): number =>
    storage
      .flatMap(({ nodes }) => nodes?.[arm] ?? [])
      .reduce((sum, sizes) => (sizes.node === node ? sum + sizes[figure] : sum), 0);
  const figuresOf = (node: string): number[] => [
    bytesOn(node, 'after', 'tableBytes'),
    bytesOn(node, 'before', 'indexBytes'),
    bytesOn(node, 'after', 'indexBytes'),
  ];
  const unit = byteUnit(names.flatMap(figuresOf));
  return {
    caption: `nodes, ${baseline}`,
    columns: [
      left('node'),
      decimal('tables', unit.name),
      { ...decimal('before', unit.name), group: 'indexes' },
      { ...decimal('after', unit.name), group: 'indexes' },
    ],
    rows: names.map((node) => [node, ...figuresOf(node).map(unit.of)]),
  };
}

function tablesTable({ tables }: Distribution, storage: readonly TableStorage[], baseline: Baseline): Table {
  const rows = tables.flatMap(({ table, placement }) => {
    const shards = storage.find((size) => size.table === table)?.shards?.after;
    return placement.state === 'local' || !shards ? [] : [{ table, placement, shards }];
  });
  const unit = byteUnit(rows.map(({ shards }) => shards.most));
  return {
    caption: `tables, ${baseline}`,
    columns: [
      left('table'),
      left('kept'),
      { ...right('number'), group: 'shards' },
      { ...decimal('least', unit.name), group: 'shards' },
      { ...decimal('most', unit.name), group: 'shards' },
      { ...right('skew'), group: 'shards' },
    ],
    rows: rows.map(({ table, placement, shards }) => [
      table,
      placement.state === 'distributed' ? `distributed by ${placement.column}` : 'reference, on every node',
      count(shards.parts),
      unit.of(shards.least),
      unit.of(shards.most),
      skewText(shards),
    ]),
  };
}

/** "1.04"; nothing where there is nothing to compare. */
export const skewText = (spread: Spread): string => {
  const skew = skewOf(spread);
  return skew === undefined ? '' : significant(skew);
};

const changedTable = ({ changed }: Distribution): Table => ({
  caption: 'constraints that are otherwise than on one machine',
  columns: [left('table'), left('name'), left('on one machine'), left('here')],
  rows: changed.map(({ table, name, before = 'none', after = 'none' }) => [table, name, before, after]),
});

const changedRemark = ({ changed }: Distribution): string[] =>
  changed.length === 0
    ? []
    : [`${counted(changed.length, 'constraint')} otherwise than on one machine: the report lists them`];

/** "19 indexes on the shards: 136 copies, all valid". */
function copiesRemarks({ candidate, dataset }: Result): string[] {
  const copied = candidate.indexes.filter(({ copies }) => copies);
  if (copied.length === 0) return [];
  const { sum } = spreadOf(copied.map(({ copies }) => copies?.count ?? 0));
  const broken = copied.filter(({ copies }) => (copies?.invalid ?? 0) > 0);
  const validity =
    broken.length === 0
      ? 'all valid'
      : `not valid on every shard: ${broken.map(({ name, copies }) => `${name} (${copies?.invalid})`).join(', ')}`;
  const local = candidate.indexes.length - copied.length;
  const localTables = dataset.distribution?.tables.filter(({ placement }) => placement.state === 'local');
  return [
    `${counted(copied.length, 'index', 'indexes')} of the candidate on the shards: ${counted(sum, 'copy', 'copies')}, ${validity}`,
    ...(local > 0
      ? [
          `${counted(local, 'index', 'indexes')} on the coordinator alone, which holds ${counted(localTables?.length ?? 0, 'local table')}`,
        ]
      : []),
  ];
}
