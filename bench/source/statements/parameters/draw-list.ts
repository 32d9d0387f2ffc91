import { closedSql } from './closed.ts';
import { selection, settle, type Level } from './level.ts';
import type { Use } from './use.ts';

/** Values of a list. */
const LIST_LENGTH = 5;

type Listed = Extract<Use, { kind: 'element' | 'array' }>;

/** The most frequent values; a list that is longer than there are values repeats the first. */
export function drawList(level: Level, uses: readonly Listed[]): void {
  const [use] = uses;
  if (!use) return;
  const sql = closedSql(use.of, level.drawing.values);
  const length = Math.max(LIST_LENGTH, ...uses.map((one) => (one.kind === 'element' ? one.position + 1 : 0)));
  const values = selection(
    level,
    sql,
    [sql],
    ` GROUP BY ${sql} ORDER BY count(*) DESC, ${sql} LIMIT ${length}`,
  );
  const name = level.drawing.add(`SELECT ARRAY(${values}) AS list`);
  for (const one of uses) {
    settle(level, [one], one.kind === 'element' ? elementOf(`(${name}.list)`, one.position) : `${name}.list`);
  }
}

const elementOf = (list: string, position: number): string =>
  position === 0 ? `${list}[1]` : `coalesce(${list}[${position + 1}], ${list}[1])`;
