import type { Baseline } from '../../model/arm.ts';
import { bytes, percentText } from '../../model/quantity.ts';
import type { Result, TableStorage } from '../../model/result.ts';
import { left, right, type Section, type Table } from './section.ts';

/** What tables and indexes take on disk, before and after. */
export function storageSection(result: Result): Section {
  const tables = result.run.baselines
    .map((baseline) => storageTable(result.storage, baseline))
    .filter(({ rows }) => rows.length > 0);
  return { title: 'Storage', tables, remarks: ['growth is that of table and indexes together'] };
}

interface Sizes {
  table: number;
  before: number;
  after: number;
}

function storageTable(storage: readonly TableStorage[], baseline: Baseline): Table {
  const rows = storage.filter((table) => table.baseline === baseline);
  const sizes = rows.map(({ before, after }) => ({
    table: before.tableBytes,
    before: before.indexBytes,
    after: after.indexBytes,
  }));
  const sum = (figure: keyof Sizes): number => sizes.reduce((total, size) => total + size[figure], 0);
  const total = { table: sum('table'), before: sum('before'), after: sum('after') };
  return {
    caption: baseline,
    columns: [
      left('table'),
      right('table'),
      right('indexes before'),
      right('indexes after'),
      right('growth'),
    ],
    rows: [
      ...rows.map(({ table }, row) => [table, ...figures(sizes[row] ?? total)]),
      ...(rows.length > 0 ? [['all', ...figures(total)]] : []),
    ],
  };
}

const figures = ({ table, before, after }: Sizes): string[] => [
  bytes(table),
  bytes(before),
  bytes(after),
  percentText((after - before) / (table + before)),
];
