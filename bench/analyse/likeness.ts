import type {
  ColumnLikeness,
  Compared,
  FanOutLikeness,
  Likeness,
  Made,
  StatementLikeness,
} from '../model/likeness.ts';
import type {
  ColumnStatistics,
  FanOut,
  GenericPlan,
  Planned,
  Snapshot,
  SnapshotStatement,
  SnapshotTable,
} from '../model/snapshot.ts';
import { histogramDistance } from './histogram-distance.ts';

/** What counts as alike. */
const LIMITS = {
  nullShare: 0.01,
  /** Of the source's number. */
  distinct: 0.1,
  commonShare: 0.02,
  correlation: 0.1,
  /** Of the source's number. */
  children: 0.15,
} as const;

type Source = Pick<Snapshot, 'tables' | 'fanOuts' | 'statements'>;

/**
 * Holds each column and foreign key of the source's tables with rows, and the plan of each statement, against those of the database
 * that was made from it. A key by which no row refers to another in either is left out.
 */
export function likenessOf(source: Source, made: Made): Likeness {
  const tables = new Map(made.tables.map((table) => [table.name, table]));
  const filled = source.tables.filter(({ rows }) => rows > 0);
  return {
    columns: filled.flatMap((table) => {
      const other = tables.get(table.name);
      return other ? columnsOf(table, other) : [];
    }),
    fanOuts: source.fanOuts.flatMap((fanOut) => {
      const other = made.fanOuts.find((one) => keyOf(one) === keyOf(fanOut));
      const isUsed = fanOut.children.length + (other?.children.length ?? 0) > 0;
      return other && isUsed ? [fanOutOf(fanOut, other)] : [];
    }),
    ...plansOf(source.statements, made.plans),
  };
}

function plansOf(
  statements: readonly SnapshotStatement[],
  plans: readonly Planned[],
): Pick<Likeness, 'statements' | 'unplanned'> {
  const found: Pick<Likeness, 'statements' | 'unplanned'> = { statements: [], unplanned: [] };
  for (const [at, { sql, origin, plan }] of statements.entries()) {
    const made = plans[at];
    if (plan && made?.state === 'planned')
      found.statements.push({ sql, origin, ...bothPlans(plan, made.plan) });
    else
      found.unplanned.push({ sql, origin, reason: made?.state === 'refused' ? made.reason : UNKNOWN_THERE });
  }
  return found;
}

const UNKNOWN_THERE = 'the snapshot has no plan of it';

const bothPlans = (source: GenericPlan, made: GenericPlan): Omit<StatementLikeness, 'sql' | 'origin'> => ({
  signatures: { source: source.signature, made: made.signature },
  rows: { source: source.rows, made: made.rows },
  isSame: source.signature === made.signature,
});

const keyOf = ({ table, columns, refersTo, referredColumns }: FanOut): string =>
  JSON.stringify([table, columns, refersTo, referredColumns]);

function columnsOf(source: SnapshotTable, made: SnapshotTable): ColumnLikeness[] {
  return source.columns.flatMap(({ name: column, type, statistics }) => {
    const other = made.columns.find(({ name }) => name === column)?.statistics;
    if (!statistics || !other) return [];
    const figures = figuresOf(statistics, other, made.rows);
    const distance = histogramDistance(statistics.bounds, other.bounds, type);
    return [
      {
        ...{ table: source.name, column, ...figures },
        ...(distance !== undefined && { histogramDistance: distance }),
        isWithin: Object.values(figures).every(({ isWithin }) => isWithin),
      },
    ];
  });
}

type Figures = Pick<ColumnLikeness, 'nullShare' | 'distinct' | 'commonShare' | 'correlation'>;

/** @param rows that were made */
function figuresOf(from: ColumnStatistics, to: ColumnStatistics, rows: number): Figures {
  const named = from.mostCommon.length;
  return {
    nullShare: compared(from.nullShare, to.nullShare, LIMITS.nullShare),
    distinct: relative(distinctOf(from, rows), distinctOf(to, rows), LIMITS.distinct),
    commonShare: compared(commonShare(from, named), commonShare(to, named || Infinity), LIMITS.commonShare),
    ...(from.correlation !== undefined && {
      correlation: compared(from.correlation, to.correlation ?? 0, LIMITS.correlation),
    }),
  };
}

/** Among so many rows: there may be fewer, or more, than in the source. */
const distinctOf = ({ distinct }: ColumnStatistics, rows: number): number =>
  distinct < 0 ? -distinct * rows : Math.min(distinct, rows);

/** Of as many values as the source names: with other targets ANALYZE names others. */
const commonShare = ({ mostCommon }: ColumnStatistics, count: number): number =>
  mostCommon.slice(0, count).reduce((sum, { share }) => sum + share, 0);

const compared = (source: number, made: number, limit: number): Compared => ({
  source,
  made,
  isWithin: Math.abs(source - made) <= limit,
});

const relative = (source: number, made: number, limit: number): Compared => ({
  source,
  made,
  isWithin: Math.abs(source - made) <= limit * source,
});

function fanOutOf(source: FanOut, made: FanOut): FanOutLikeness {
  const at = (share: number): Compared =>
    relative(quantile(source.children, share), quantile(made.children, share), LIMITS.children);
  const quantiles = { p50: at(0.5), p90: at(0.9), p99: at(0.99) };
  const { table, columns, refersTo, childlessShare } = source;
  return {
    ...{ table, columns, refersTo, ...quantiles },
    childlessShare: { source: childlessShare, made: made.childlessShare },
    isWithin: Object.values(quantiles).every(({ isWithin }) => isWithin),
  };
}

const quantile = (quantiles: readonly number[], share: number): number =>
  quantiles[Math.round(share * (quantiles.length - 1))] ?? 0;
