import { canonicalRelation } from '../../bench/model/relation.ts';
import type { LeftOut } from '../../bench/model/source.ts';
import type { ColumnStatistics, Snapshot, SnapshotTable } from '../../bench/model/snapshot.ts';
import { predicateOf } from './predicate.ts';
import type { TablePlan } from './table-plan.ts';
import { hasShape } from './values/constants.ts';
import { isKnownType, typeParts } from './values/kind-of.ts';

/** What rows from statistics cannot have of the source, by table, and why. */
export function unlikeSource({ schema, fanOuts }: Snapshot, plans: readonly TablePlan[]): LeftOut[] {
  return [
    ONE_BY_ONE,
    ...plans.flatMap(unlikeInTable),
    ...fanOuts.flatMap((fanOut) => unlikeKey(fanOut, plans)),
    ...excluded(`${schema.beforeRows}\n${schema.afterRows}`),
  ];
}

const ONE_BY_ONE: LeftOut = {
  object: 'what columns have to do with each other',
  reason:
    'each is drawn by itself, unless a key, a CHECK or extended statistics tie it to others: CREATE STATISTICS in the source, and ANALYZE',
};

function unlikeInTable({ table, keys, columns }: TablePlan): LeftOut[] {
  const predicates = keys.filter(({ predicate }) => predicate !== undefined && !predicateOf(predicate));
  return [
    ...table.columns.flatMap((column) => unlikeColumn(table, column)),
    ...predicates.map(({ columns: of, predicate = '' }) => ({
      object: table.name,
      reason: `(${of.join(', ')}) is unique in all rows, and not only WHERE ${predicate}`,
    })),
    ...table.extended
      .filter(({ name, mostCommon }) => mostCommon.length > 0 && !hasCombinations(columns, name))
      .map(({ name }) => ({
        object: table.name,
        reason: `the combinations in ${name} are not kept: its columns are expressions or keys, or decide each other`,
      })),
  ];
}

const hasCombinations = (columns: TablePlan['columns'], name: string): boolean =>
  [...columns.values()].some((plan) => plan.from === 'combinations' && plan.group.name === name);

function unlikeColumn(
  table: SnapshotTable,
  { name, ...column }: SnapshotTable['columns'][number],
): LeftOut[] {
  const { type, baseType = type, labels, statistics } = column;
  const object = `${table.name}.${name}`;
  if (!statistics)
    return [{ object, reason: 'it has no statistics, so its values are made up; run ANALYZE' }];
  const { name: plain } = typeParts(baseType);
  if (labels ?? statistics.ranges) return [];
  const isArray = plain.endsWith('[]');
  const element = isArray ? plain.slice(0, -2) : plain;
  if (element === 'tsvector' || isKnownType(element) || hasShape(element)) return [];
  return [{ object, reason: `values of type ${type} cannot be made; ${insteadOf(statistics, isArray)}` }];
}

/** What rows have in place of values that nobody can make. */
function insteadOf({ mostCommon, bounds, elements }: ColumnStatistics, isArray: boolean): string {
  if (isArray && (elements?.mostCommon.length ?? 0) > 0) return 'arrays have the known elements';
  if (mostCommon.length + bounds.length > 0) return 'the known ones come again';
  return isArray ? 'none is known, and all arrays are empty' : 'none is known, and all are NULL';
}

function unlikeKey(
  { table, columns, refersTo }: Snapshot['fanOuts'][number],
  plans: readonly TablePlan[],
): LeftOut[] {
  const plan = plans.find((one) => canonicalRelation(one.table.name) === canonicalRelation(table));
  const isKept = columns.every((name) => /^a (key|row)$/.test(plan?.columns.get(name)?.from ?? 'a key'));
  const object = `foreign key (${columns.join(', ')}) of ${table}`;
  const isOwn = columns.some((name) => plan?.columns.get(name)?.from === 'its own row');
  if (isOwn) return [{ object, reason: 'each row refers to itself' }];
  if (!plan || isKept) return [];
  return [{ object, reason: `other columns decide it, and not the rows of ${refersTo}` }];
}

const EXCLUSION = /ALTER TABLE (?:ONLY )?(\S+)\s+ADD CONSTRAINT (\S+|"[^"]+") EXCLUDE/g;

const excluded = (sql: string): LeftOut[] =>
  [...sql.matchAll(EXCLUSION)].map(([, table = '', name = '']) => ({
    object: table,
    reason: `rows may break the exclusion constraint ${name}`,
  }));
