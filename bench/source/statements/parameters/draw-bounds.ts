import { closedSql } from './closed.ts';
import { selection, settle, type Level } from './level.ts';
import type { BoundSide, DrawnUse } from './use.ts';

/** A tenth of the rows, half of them, then nearly all. */
const ONE_SIDED = { lower: [0.9, 0.5, 0], upper: [0.1, 0.5, 1] };
const TWO_SIDED = { lower: [0.45, 0.25, 0], upper: [0.55, 0.75, 1] };
const NEITHER = [0, 1, 0.5];

type Bound = DrawnUse & { side: BoundSide };

/** Quantiles of the rows that the values so far leave. */
export function drawBounds(level: Level, uses: readonly Bound[]): void {
  if (uses.length === 0) return;
  const sqls = uses.map(({ of }) => closedSql(of, level.drawing.values));
  const quantiles = uses.map((use, place) => {
    const others = uses.filter((_, other) => sqls[other] === sqls[place]);
    const fractions = fractionsOf(use.side, others).join(', ');
    return `percentile_disc(ARRAY[${fractions}]) WITHIN GROUP (ORDER BY ${sqls[place] ?? ''}) AS q${place + 1}`;
  });
  const inner = selection(level, quantiles.join(', '), sqls);
  const columns = uses.map((_, place) => `q.q${place + 1}[n] AS v${place + 1}`);
  const name = level.drawing.add(
    `SELECT ${columns.join(', ')} FROM (${inner}) AS q, generate_series(1, 3) AS n ORDER BY n`,
  );
  uses.forEach((use, place) => {
    settle(level, [use], `${name}.v${place + 1}`);
  });
}

function fractionsOf(side: BoundSide, onSameColumn: readonly Bound[]): readonly number[] {
  if (side === 'neither') return NEITHER;
  const isTwoSided = onSameColumn.some((one) => one.side !== side && one.side !== 'neither');
  return (isTwoSided ? TWO_SIDED : ONE_SIDED)[side];
}

/** HAVING: quantiles over the groups. */
export function drawGroupBounds(level: Level, uses: readonly Bound[]): void {
  if (uses.length === 0) return;
  const { scope, drawing } = level;
  const groups = scope.groupBy.map((node) => closedSql(node, drawing.values));
  const values = uses.map(({ of }, place) => `${closedSql(of, drawing.values)} AS g${place + 1}`);
  const grouping = groups.length > 0 ? ` GROUP BY ${groups.join(', ')}` : '';
  const inner = selection(level, values.join(', '), [], grouping);
  const quantiles = uses.map(
    ({ side }, place) =>
      `percentile_disc(ARRAY[${fractionsOf(side, uses).join(', ')}]) WITHIN GROUP (ORDER BY g${place + 1}) AS q${place + 1}`,
  );
  const columns = uses.map((_, place) => `q.q${place + 1}[2] AS v${place + 1}`);
  const name = drawing.add(
    `SELECT ${columns.join(', ')} FROM (SELECT ${quantiles.join(', ')} FROM (${inner}) AS g) AS q`,
  );
  uses.forEach((use, place) => {
    settle(level, [use], `${name}.v${place + 1}`);
  });
}
