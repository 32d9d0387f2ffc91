import type { Cell } from '../../bench/model/dataset.ts';
import type { UniqueKey } from '../../bench/model/snapshot.ts';
import type { RankedColumn } from './column.ts';
import { distinctRows, pairOf } from './distinct-keys.ts';
import { hash, keyFor } from './hash.ts';
import { partialRanks } from './partial-keys.ts';
import { predicateOf, type Predicate } from './predicate.ts';
import type { TableModel } from './table-model.ts';

/** Makes the cells of a row. */
export interface TableRows {
  row: (ordinal: number) => Cell[];
  /** Of a column; its rows' places are their ordinals. */
  cellOf: (column: string) => (place: number) => Cell;
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
  const made = { cells, later, settled: new Set(plan.unique), seed };
  for (const key of wholeFirst(plan.keys)) keepApart(model, key, made);
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
    cellOf: (column) => cells.get(column) ?? (() => null),
    row: (ordinal) => {
      if (ordinal >= rows) return laterRow(ordinal - rows);
      const row = new Array<Cell>(inOrder.length);
      for (let at = 0; at < row.length; at++) row[at] = inOrder[at]?.(ordinal) ?? null;
      return row;
    },
  };
}

/** Keys of all rows before those of some. */
const wholeFirst = (keys: readonly UniqueKey[]): UniqueKey[] =>
  keys.toSorted((a, b) => Number(a.predicate !== undefined) - Number(b.predicate !== undefined));

function unusedOf(model: TableModel, name: string): LaterCell {
  const { unused } = model.marginal(name);
  const column = model.plan.table.columns.find((one) => one.name === name);
  return (nth) => unused(nth) ?? (column?.isNotNull ? undefined : null);
}

interface Made {
  /** Replaced where values are exchanged. */
  cells: Map<string, CellAt>;
  later: Map<string, LaterCell>;
  /** Columns whose values have to stay as they are. */
  settled: Set<string>;
  seed: number;
}

/** Exchanges values of one column, until no two rows have all of the key's in common. */
function keepApart(model: TableModel, key: UniqueKey, made: Made): void {
  const predicate = key.predicate === undefined ? undefined : predicateOf(key.predicate);
  const deciding = predicate?.columns.find((name) => isFree(name, made) && model.column(name).ranked);
  if (predicate && deciding !== undefined) keepOut(model, key, { ...made, predicate, deciding });
  else keepDifferent(model, key, made);
  for (const name of key.columns) made.settled.add(name);
}

/** Whether no key has to do with its values so far. */
const isFree = (name: string, { settled }: Made): boolean => !settled.has(name);

const cellAt = ({ cells }: Made, column: string, place: number): Cell => cells.get(column)?.(place) ?? null;

/** What a row has in some columns together; undefined where one is NULL. */
function together(made: Made, columns: readonly string[], place: number): string | undefined {
  const values = columns.map((column) => cellAt(made, column, place));
  return values.includes(null) ? undefined : values.join('\u0001');
}

function setRanks(
  made: Made,
  name: string,
  { marginal, rankAt }: RankedColumn,
  ranks: ReadonlyMap<number, number>,
): void {
  made.cells.set(name, (place) => {
    const rank = ranks.get(place) ?? rankAt(place);
    return rank < 0 ? null : marginal.at(rank);
  });
}

/** Of a partial index: rows leave it, where it has another one of the same values. */
function keepOut(
  model: TableModel,
  { columns }: UniqueKey,
  made: Made & { predicate: Predicate; deciding: string },
): void {
  const { predicate, deciding, seed } = made;
  const { ranked } = model.column(deciding);
  if (!ranked) return;
  const valueOf = (rank: number): Cell => (rank < 0 ? null : ranked.marginal.at(rank));
  const ranks = partialRanks({
    rows: model.rows,
    valuesOf: (place) => together(made, columns, place),
    isIn: (rank, place) =>
      predicate.holds((name) => (name === deciding ? valueOf(rank) : cellAt(made, name, place))),
    rankAt: ranked.rankAt,
    key: keyFor(seed, 'partial', model.plan.table.name, ...columns),
  });
  setRanks(made, deciding, ranked, ranks);
  made.settled.add(deciding);
  made.later.set(deciding, () => outsideOf(model.rows, made, predicate, deciding));
}

/** A value with which a row that is inserted later is not in the index: that of a row that is not. */
function outsideOf(rows: number, made: Made, { holds }: Predicate, deciding: string): Cell | undefined {
  for (let place = 0; place < rows; place++)
    if (!holds((name) => cellAt(made, name, place))) return cellAt(made, deciding, place);
  return undefined;
}

function keepDifferent(model: TableModel, { columns }: UniqueKey, made: Made): void {
  const { table } = model.plan;
  const free = mostDifferentFirst(
    model,
    columns.filter((name) => isFree(name, made)),
  );
  const [exchanged] = free;
  if (!exchanged) return;
  const { name, ranked } = exchanged;
  const rest = columns.filter((column) => column !== name);
  const others = (place: number): string | undefined => together(made, rest, place);
  const { marginal, rankAt } = ranked;
  const key = keyFor(made.seed, 'exchange', table.name, ...columns);
  const { ranks, pairs } = distinctRows({
    ...{ table: table.name, columns, rows: model.rows, others, rankAt, key },
    valueAt: marginal.at,
  });
  setRanks(made, name, ranked, ranks);
  const endless = free.find((one) => isEndless(one.ranked));
  if (endless) made.later.set(endless.name, endless.ranked.marginal.unused);
  else made.later.set(name, laterOf(marginal, { pairs, others, key }));
}

/** Where values run out, others are tried. */
const MANY = 1e6;
const MOST_TRIALS = 1000;

const isEndless = ({ marginal }: RankedColumn): boolean => marginal.unused(MANY) !== undefined;

/** A value with which the row that it is to be like equals no other. */
function laterOf(
  { size, at }: RankedColumn['marginal'],
  {
    pairs,
    others,
    key,
  }: { pairs: ReadonlySet<string>; others: (place: number) => string | undefined; key: number },
): LaterCell {
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

function mostDifferentFirst(
  model: TableModel,
  columns: readonly string[],
): { name: string; ranked: RankedColumn }[] {
  const ranked = columns.flatMap((name) => {
    const { ranked: found } = model.column(name);
    return found ? [{ name, ranked: found, values: valuesOf(found) }] : [];
  });
  return ranked.toSorted((a, b) => b.values - a.values);
}

function valuesOf({ marginal }: RankedColumn): number {
  let sum = 0;
  for (const { values } of marginal.runs()) sum += values;
  return sum;
}
