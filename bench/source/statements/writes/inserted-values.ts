import { escapeIdentifier } from 'pg';
import { quotedRelation } from '../../../model/relation.ts';
import type { CatalogRelation, Column } from '../catalog.ts';
import { Unresolved, type Use } from '../parameters/use.ts';
import { freshColumns, freshValue } from './fresh.ts';
import { jsonArray, ONCE_ONLY, spreadOrder } from './targets.ts';

/** A value of a row to be inserted. */
export interface Given {
  number: number;
  column: Column;
  /** Of the VALUES list, from 0. */
  row: number;
}

export interface Inserted {
  given: readonly Given[];
  /** What ON CONFLICT sets. */
  updated: readonly Use[];
  columns: readonly (Column | undefined)[];
  /** Of the VALUES list. */
  rows: number;
}

/** Rows whose values an INSERT repeats. */
const PATTERN_ROWS = 2_500;

/** What the targets call such a row, and another one. */
const ROW = '(p.r)';
const OTHER_ROW = '(q.r)';

export interface InsertedValues {
  /** SQL for each parameter, of existing rows and the number `n` of the execution. */
  values: ReadonlyMap<number, string>;
  /** SQL for the columns of a unique key whose values come from two rows, and are to be a pair that is not there yet. */
  newPair: readonly (readonly [column: string, value: string])[];
}

/** @throws Unresolved where nothing makes a unique key new */
export function insertedValues(
  table: CatalogRelation,
  { given, updated, columns, rows }: Inserted,
): InsertedValues {
  const { fresh, unsolved } = freshColumns(table, new Set(columns.flatMap((column) => column?.name ?? [])));
  const [key = [], second] = unsolved;
  if (second || (key.length > 0 && (key.length < 2 || rows > 1)))
    throw new Unresolved(`nothing makes a new value of the unique key (${(second ?? key).join(', ')})`);
  const rowOf = (name: string): string => (name === key.at(-1) ? OTHER_ROW : ROW);
  const own = (name: string): string => `${rowOf(name)}.${escapeIdentifier(name)}`;
  const values = new Map<number, string>();
  for (const use of updated) if (use.kind === 'assigned') values.set(use.number, own(use.column));
  for (const { number, column, row } of given) {
    const n = rows === 1 ? '(n + 1)' : `(${rows} * n + ${row + 1})`;
    const isNew = fresh.has(column.name) || growsWithRows(column);
    values.set(
      number,
      (isNew ? freshValue(table, column, own(column.name), n) : undefined) ?? own(column.name),
    );
  }
  return { values, newPair: key.map((name) => [escapeIdentifier(name), own(name)]) };
}

/** Times that grow with the rows go on growing: an index on them grows at its end. */
const growsWithRows = ({ type, spread }: Column): boolean =>
  /^(timestamp|date)/.test(type) && spread !== undefined && spread.correlation > GROWING;

const GROWING = 0.9;

/** Every existing row that is used stands at a place, and the executions go round the places. */
export function insertTargets(
  table: CatalogRelation,
  values: readonly string[],
  newPair: InsertedValues['newPair'],
): string {
  const name = quotedRelation(table.name);
  const places = `(SELECT greatest(count(*), 1) FROM (SELECT FROM ${name} LIMIT ${PATTERN_ROWS}) AS present)`;
  const spread = `SELECT * FROM ${name} AS t ORDER BY ${spreadOrder('t')} LIMIT ${PATTERN_ROWS}`;
  const rows = `(SELECT r, row_number() OVER () - 1 AS place FROM (${spread}) AS r)`;
  const numbers = `generate_series(0, ${ONCE_ONLY - 1}) AS n\nJOIN ${rows} AS p ON p.place = n % ${places}`;
  if (newPair.length === 0) return `SELECT ${jsonArray(values)}\nFROM ${numbers}\nORDER BY n`;
  const [columns, pair] = [newPair.map(([column]) => `x.${column}`), newPair.map(([, value]) => value)];
  return [
    `SELECT target FROM (`,
    `SELECT DISTINCT ON (${pair.join(', ')}) n, ${jsonArray(values)} AS target`,
    `FROM ${numbers}`,
    `JOIN ${rows} AS q ON q.place = (n + 1 + n / ${places}) % ${places}`,
    `WHERE NOT EXISTS (SELECT 1 FROM ${name} AS x WHERE (${columns.join(', ')}) = (${pair.join(', ')}))`,
    `ORDER BY ${pair.join(', ')}, n) AS pairs ORDER BY n`,
  ].join('\n');
}
