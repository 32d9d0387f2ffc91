import type { Cell } from '../../bench/model/dataset.ts';

/** Which rows a partial index has. */
export interface Predicate {
  columns: readonly string[];
  holds: (cellOf: (column: string) => Cell) => boolean;
}

const NAME = String.raw`\(?("(?:[^"]|"")+"|[a-z_][a-z0-9_]*)\)?(?:::[\w ]+)?`;

const unquoted = (name: string): string =>
  name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;

const isTrue = (cell: Cell): boolean => cell === true || cell === 't' || cell === 'true';

const FORMS: readonly (readonly [string, (cell: Cell, literal: string) => boolean])[] = [
  [`${NAME} IS NULL`, (cell) => cell === null],
  [`${NAME} IS NOT NULL`, (cell) => cell !== null],
  [`NOT ${NAME}`, (cell) => cell !== null && !isTrue(cell)],
  [NAME, isTrue],
  [String.raw`${NAME} = '?([^']*?)'?(?:::[\w ."]+)?`, (cell, literal) => String(cell) === literal],
];

/** Of SQL as `pg_get_expr` writes it; undefined for what is not a plain condition, or several joined by AND. */
export function predicateOf(sql: string): Predicate | undefined {
  const parts = sql
    .replace(/^\((.*)\)$/s, '$1')
    .split(/ AND (?=\()/)
    .map((part) => (/^\(.*\)$/s.test(part) ? part.slice(1, -1) : part))
    .map(conditionOf);
  if (!parts.every((part) => part !== undefined)) return undefined;
  return {
    columns: parts.flatMap(({ columns }) => columns),
    holds: (cellOf) => parts.every(({ holds }) => holds(cellOf)),
  };
}

function conditionOf(sql: string): Predicate | undefined {
  for (const [form, holds] of FORMS) {
    const [, column, literal = ''] = new RegExp(`^${form}$`).exec(sql) ?? [];
    if (column === undefined) continue;
    const name = unquoted(column);
    return { columns: [name], holds: (cellOf) => holds(cellOf(name), literal) };
  }
  return undefined;
}
