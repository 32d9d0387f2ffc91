import type { Cell } from '../../bench/model/dataset.ts';
import type { UniqueKey } from '../../bench/model/snapshot.ts';
import type { RankedColumn } from './column.ts';
import { exchangedRanks, pairOf } from './distinct-keys.ts';
import { hash, keyFor } from './hash.ts';
import { predicateOf } from './predicate.ts';
import type { TableModel } from './table-model.ts';

/** Makes the cells of a row. */
export interface TableRows {
  row: (ordinal: number) => Cell[];
}

type CellAt = (place: number) => Cell;

/** Of the n-th row that is inserted later, which is otherwise like the one at a place; undefined where it is in this, too. */
type LaterCell = (nth: number, like: number) => Cell | undefined;

/** Rows of a table, in which unique keys hold for those that are inserted later, too. */
export function tableRows(model: TableModel, seed: number): TableRows {
  const { plan, rows } = model;
  const names = plan.table.columns.map(({ name }) => name);
  const cells = new Map<string, CellAt>(names.map((name) => [name, model.column(name).cell]));
  const later = new Map<string, LaterCell>();
  for (const name of plan.unique) later.set(name, unusedOf(model, name));
  for (const key of plan.keys) keepApart(model, key, { cells, later, seed });
  const inOrder = names.map((name) => cells.get(name) ?? (() => null));
  const laterInOrder = names.map((name) => later.get(name));
  const likeKey = keyFor(seed, 'later', plan.table.name);
  const laterRow = (nth: number): Cell[] => {
    const like = rows > 0 ? hash(likeKey, nth) % rows : 0;
    return inOrder.map((cell, at) => {
      const value = laterInOrder[at]?.(nth, like);
      return value === undefined ? cell(like) : value;
    });
  };
  return {
    row: (ordinal) => {
      if (ordinal >= rows) return laterRow(ordinal - rows);
      const made = new Array<Cell>(inOrder.length);
      for (let at = 0; at < made.length; at++) made[at] = inOrder[at]?.(ordinal) ?? null;
      return made;
    },
  };
}

function unusedOf(model: TableModel, name: string): LaterCell {
  const { unused } = model.marginal(name);
  const column = model.plan.table.columns.find((one) => one.name === name);
  return (nth) => unused(nth) ?? (column?.isNotNull ? undefined : null);
}

interface Made {
  /** Replaced where values are exchanged. */
  cells: Map<string, CellAt>;
  later: Map<string, LaterCell>;
  seed: number;
}

/** Exchanges values of the key's column that has the most, until no two rows have all of the key's in common. */
function keepApart(model: TableModel, { columns, predicate }: UniqueKey, made: Made): void {
  const { table } = model.plan;
  const exchanged = mostDifferent(model, columns);
  if (!exchanged) return;
  const { name, ranked } = exchanged;
  const holds = predicate === undefined ? undefined : predicateOf(predicate);
  const cellOf = (column: string, place: number): Cell => made.cells.get(column)?.(place) ?? null;
  const rest = columns.filter((column) => column !== name);
  const others = (place: number): string | undefined => {
    if (holds && !holds((column) => cellOf(column, place))) return undefined;
    const values = rest.map((column) => cellOf(column, place));
    return values.includes(null) ? undefined : values.join('\u0001');
  };
  const { marginal, rankAt } = ranked;
  const key = keyFor(made.seed, 'exchange', table.name, ...columns);
  const { ranks, pairs } = exchangedRanks({
    ...{ table: table.name, columns, rows: model.rows, others, rankAt, key },
    valueAt: marginal.at,
  });
  made.cells.set(name, (place) => {
    const rank = ranks.get(place) ?? rankAt(place);
    return rank < 0 ? null : marginal.at(rank);
  });
  made.later.set(name, laterOf(marginal, { pairs, others, key }));
}

/** Where values run out, others are tried. */
const MANY = 1e6;
const MOST_TRIALS = 1000;

/** A value that no row has, or one with which the row that it is to be like equals no other. */
function laterOf(
  { size, at, unused }: RankedColumn['marginal'],
  { pairs, others, key }: { pairs: Set<string>; others: (place: number) => string | undefined; key: number },
): LaterCell {
  if (unused(MANY) !== undefined) return unused;
  return (nth, like) => {
    const rest = others(like);
    if (rest === undefined) return undefined;
    for (let trial = 0; trial < MOST_TRIALS; trial++) {
      const value = at(hash(key + trial, nth) % size);
      if (!pairs.has(pairOf(rest, value))) return value;
    }
    return undefined;
  };
}

function mostDifferent(
  model: TableModel,
  columns: readonly string[],
): { name: string; ranked: RankedColumn } | undefined {
  const ranked = columns.flatMap((name) => {
    const { ranked: found } = model.column(name);
    return found ? [{ name, ranked: found, values: valuesOf(found) }] : [];
  });
  return ranked.toSorted((a, b) => b.values - a.values)[0];
}

function valuesOf({ marginal }: RankedColumn): number {
  let sum = 0;
  for (const { values } of marginal.runs()) sum += values;
  return sum;
}
