import { byteUnit, percentText } from '../../format/quantity.ts';
import type { Result, TableStorage } from '../../model/result.ts';
import { decimal, left, right, type Section, type Table } from './section.ts';

/** Bytes on disk of tables and indexes, before and after. */
export function storageSection(result: Result): Section {
  const tables = result.run.baselines
    .map((baseline) => result.storage.filter((size) => size.baseline === baseline))
    .filter((sizes) => sizes.length > 0)
    .map(storageTable);
  return { title: 'Storage', tables, remarks: ['growth: table and indexes together'] };
}

type Sizes = Pick<TableStorage, 'table' | 'before' | 'after'>;
type Unit = ReturnType<typeof byteUnit>;

function storageTable(sizes: readonly TableStorage[]): Table {
  const unit = byteUnit(sizes.flatMap(({ before, after }) => [before.tableBytes, after.indexBytes]));
  return {
    caption: sizes[0]?.baseline,
    columns: [
      left('name'),
      { ...decimal('before', unit.name), group: 'table' },
      { ...decimal('after', unit.name), group: 'table' },
      { ...decimal('before', unit.name), group: 'indexes' },
      { ...decimal('after', unit.name), group: 'indexes' },
      right('growth'),
    ],
    rows: [...sizes, total(sizes)].map((row) => figures(row, unit)),
  };
}

function total(sizes: readonly Sizes[]): Sizes {
  const sum = (arm: 'before' | 'after', figure: 'tableBytes' | 'indexBytes' | 'indexes'): number =>
    sizes.reduce((so, size) => so + size[arm][figure], 0);
  const ofArm = (arm: 'before' | 'after') => ({
    tableBytes: sum(arm, 'tableBytes'),
    indexBytes: sum(arm, 'indexBytes'),
    indexes: sum(arm, 'indexes'),
  });
  return { table: 'all', before: ofArm('before'), after: ofArm('after') };
}

function figures({ table, before, after }: Sizes, unit: Unit): string[] {
  const sizes = [before.tableBytes, after.tableBytes, before.indexBytes, after.indexBytes];
  const whole = before.tableBytes + before.indexBytes;
  const grown = after.tableBytes + after.indexBytes;
  return [table, ...sizes.map(unit.of), whole > 0 ? percentText(grown / whole - 1) : ''];
}
