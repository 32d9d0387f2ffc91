import { canonicalRelation } from '../../bench/model/relation.ts';
import type {
  ExtendedStatistics,
  FanOut,
  Snapshot,
  SnapshotTable,
  UniqueKey,
} from '../../bench/model/snapshot.ts';
import { sumIn } from './sum-checks.ts';

/** Where a column's values come from. */
export type ColumnPlan =
  | { from: 'its statistics' }
  /** The rows referred to by this column alone. */
  | { from: 'a key'; fanOut: FanOut }
  /** Rows referred to by several columns; this is one of the key's. */
  | { from: 'a row'; fanOut: FanOut; referred: string }
  /** The row itself, by a key of several columns that it shares some of. */
  | { from: 'its own row'; fanOut: FanOut; referred: string }
  | { from: 'another column'; deciding: string; degree: number; own: ColumnPlan }
  | { from: 'combinations'; group: ExtendedStatistics; position: number }
  | { from: 'a sum'; terms: readonly string[] };

/** How the rows of a table are made. */
export interface TablePlan {
  table: SnapshotTable;
  columns: ReadonlyMap<string, ColumnPlan>;
  /** Columns of which each value is in one row only. */
  unique: ReadonlySet<string>;
  /** Columns that are only together in one row. */
  keys: readonly UniqueKey[];
}

type Plans = Map<string, ColumnPlan>;

export function planOf(snapshot: Snapshot, table: SnapshotTable, filled: ReadonlySet<string>): TablePlan {
  const isOf = (other: { table: string }): boolean =>
    canonicalRelation(other.table) === canonicalRelation(table.name);
  const keys = snapshot.uniqueKeys.filter(isOf);
  const unique = uniqueColumns(table, keys);
  const plans: Plans = new Map();
  for (const check of snapshot.checks.filter(isOf)) planSum(plans, table, check);
  planKeys(plans, snapshot.fanOuts.filter(isOf), filled);
  for (const group of table.extended) planDependencies(plans, group, unique);
  for (const group of table.extended) planCombinations(plans, table, group, unique);
  const columns = new Map(table.columns.map(({ name }) => [name, plans.get(name) ?? STATISTICS]));
  const isOpen = (name: string): boolean => columns.has(name) && !unique.has(name);
  return { table, columns, unique, keys: keys.filter(({ columns: of }) => of.every(isOpen)) };
}

const STATISTICS: ColumnPlan = { from: 'its statistics' };

/** By a key of its own, or, in a key of several, because it never came twice. */
function uniqueColumns({ columns }: SnapshotTable, keys: readonly UniqueKey[]): Set<string> {
  const whole = keys.filter(({ predicate }) => predicate === undefined);
  const alone = whole.filter(({ columns: of }) => of.length === 1).flatMap(({ columns: of }) => of);
  const inKeys = new Set(whole.flatMap(({ columns: of }) => of));
  const different = columns.filter(
    ({ name, statistics }) => inKeys.has(name) && statistics?.distinct === -1 && statistics.nullShare === 0,
  );
  return new Set([...alone, ...different.map(({ name }) => name)]);
}

function planSum(plans: Plans, { columns }: SnapshotTable, check: Snapshot['checks'][number]): void {
  const sum = sumIn(check);
  const names = new Set(columns.map(({ name }) => name));
  if (sum && [sum.column, ...sum.terms].every((name) => names.has(name)))
    plans.set(sum.column, { from: 'a sum', terms: sum.terms });
}

/** A key of several columns first: what one of them refers to alone, its rows satisfy as well. */
function planKeys(plans: Plans, fanOuts: readonly FanOut[], filled: ReadonlySet<string>): void {
  for (const fanOut of fanOuts.toSorted((a, b) => b.columns.length - a.columns.length)) {
    const { columns, refersTo, referredColumns } = fanOut;
    if (!filled.has(canonicalRelation(refersTo)) || columns.some((name) => plans.has(name))) continue;
    const isOwn = columns.some((column, at) => sharesColumn(fanOut, column, at));
    for (const [at, column] of columns.entries()) {
      const referred = referredColumns[at] ?? '';
      if (sharesColumn(fanOut, column, at)) continue;
      if (columns.length === 1) plans.set(column, { from: 'a key', fanOut });
      else plans.set(column, { from: isOwn ? 'its own row' : 'a row', fanOut, referred });
    }
  }
}

/** Whether a column of a key refers to the same column, as `(tenant, boss)` does to `(tenant, id)` of its own table. */
const sharesColumn = ({ table, refersTo, referredColumns }: FanOut, column: string, at: number): boolean =>
  canonicalRelation(table) === canonicalRelation(refersTo) && referredColumns[at] === column;

/** Below it, a column is drawn by itself. */
const LEAST_DEGREE = 0.5;

function planDependencies(
  plans: Plans,
  { dependencies }: ExtendedStatistics,
  unique: ReadonlySet<string>,
): void {
  for (const { from, to, degree } of dependencies.toSorted((a, b) => b.degree - a.degree)) {
    const [deciding, ...others] = from;
    if (deciding === undefined || others.length > 0 || degree < LEAST_DEGREE) continue;
    const own = plans.get(to) ?? STATISTICS;
    const isRanked = own.from === 'its statistics' || own.from === 'a key';
    if (!isRanked || unique.has(to) || unique.has(deciding) || leadsTo(plans, deciding, to)) continue;
    const decider = plans.get(deciding)?.from ?? 'its statistics';
    if (decider === 'its statistics' || decider === 'a key' || decider === 'another column')
      plans.set(to, { from: 'another column', deciding, degree, own });
  }
}

/** Whether a column is decided by another one, directly or not. */
function leadsTo(plans: Plans, column: string, other: string): boolean {
  const plan = plans.get(column);
  if (column === other) return true;
  return plan?.from === 'another column' && leadsTo(plans, plan.deciding, other);
}

function planCombinations(
  plans: Plans,
  { columns }: SnapshotTable,
  group: ExtendedStatistics,
  unique: ReadonlySet<string>,
): void {
  const names = new Set(columns.map(({ name }) => name));
  const isDrawnAlone = (name: string): boolean => names.has(name) && !plans.has(name) && !unique.has(name);
  const deciders = new Set(
    [...plans.values()].flatMap((plan) => ('deciding' in plan ? [plan.deciding] : [])),
  );
  const isFree = group.columns.every((name) => isDrawnAlone(name) && !deciders.has(name));
  if (!isFree || group.mostCommon.length === 0) return;
  for (const [position, column] of group.columns.entries())
    plans.set(column, { from: 'combinations', group, position });
}
