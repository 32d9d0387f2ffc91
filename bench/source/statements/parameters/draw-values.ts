import { closedSql, conditionsSql, fromSql, withSql } from './closed.ts';
import { whereSql } from './drawing.ts';
import { byExpression, namedColumns, OFFERED, selection, settle, type Level } from './level.ts';
import type { DrawnUse } from './use.ts';

/** The key that most rows have. */
export function drawJsonKey(level: Level, use: DrawnUse): void {
  const json = `(${closedSql(use.of, level.drawing.values)})::jsonb`;
  const { scope, drawing } = level;
  const conditions = [...conditionsSql(scope, drawing.values), `jsonb_typeof(${json}) = 'object'`];
  const name = drawing.add(
    `${withSql(scope, drawing.values)}SELECT key FROM ${fromSql(scope, drawing.values)}, ` +
      `LATERAL jsonb_object_keys(CASE jsonb_typeof(${json}) WHEN 'object' THEN ${json} END) AS key` +
      `${whereSql(conditions)} GROUP BY key ORDER BY count(*) DESC, key LIMIT ${OFFERED}`,
  );
  settle(level, [use], `${name}.key`);
}

/** All columns that the level compares for equality, from one group of rows. */
export function drawEqual(level: Level, uses: readonly DrawnUse[]): void {
  const groups = [...byExpression(level, uses)];
  if (groups.length === 0) return;
  const sqls = groups.map(([sql]) => sql);
  const isUnique = level.columns.identify(uses.map(({ of }) => of));
  const name = level.drawing.add(isUnique ? middleRow(level, sqls) : frequentRows(level, sqls));
  groups.forEach(([, same], place) => {
    settle(level, same, `${name}.v${place + 1}`);
  });
}

/** Rows from the middle of the order of a unique key. */
function middleRow(level: Level, sqls: readonly string[]): string {
  const half = selection(level, 'count(*) / 2', sqls);
  return selection(
    level,
    namedColumns(sqls),
    sqls,
    ` ORDER BY ${sqls.join(', ')} LIMIT ${OFFERED} OFFSET (${half})`,
  );
}

/** The values of the most rows, of the row in the middle when rows are in the order of their value's frequency, or of the fewest. */
function frequentRows(level: Level, sqls: readonly string[]): string {
  const keys = sqls.join(', ');
  const grouped = ` GROUP BY ${keys}`;
  if (level.temperature !== 'median') {
    const order = level.temperature === 'hot' ? 'DESC' : 'ASC';
    return selection(
      level,
      namedColumns(sqls),
      sqls,
      `${grouped} ORDER BY count(*) ${order}, ${keys} LIMIT ${OFFERED}`,
    );
  }
  const columns = [
    namedColumns(sqls),
    `sum(count(*)) OVER (ORDER BY count(*) DESC, ${keys}) AS so_far`,
    'sum(count(*)) OVER () AS all_rows',
  ];
  const counted = selection(level, columns.join(', '), sqls, grouped);
  return `SELECT * FROM (${counted}) AS v WHERE 2 * so_far >= all_rows ORDER BY so_far LIMIT ${OFFERED}`;
}

/** What one row has. */
export function drawRow(level: Level, uses: readonly DrawnUse[]): void {
  const groups = [...byExpression(level, uses)];
  if (groups.length === 0) return;
  const sqls = groups.map(([sql]) => sql);
  const name = level.drawing.add(selection(level, namedColumns(sqls), sqls, ` LIMIT ${OFFERED}`));
  groups.forEach(([, same], place) => {
    settle(level, same, `${name}.v${place + 1}`);
  });
}
