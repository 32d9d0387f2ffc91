import type { Cell, GeneratedTable, RowContext } from '../../bench/model/dataset.ts';
import { canonicalRelation } from '../../bench/model/relation.ts';
import type { LeftOut } from '../../bench/model/source.ts';
import type { Snapshot, SnapshotTable } from '../../bench/model/snapshot.ts';
import { agedShare } from './aged.ts';
import { samplesOf } from './column-samples.ts';
import { keyFor } from './hash.ts';
import { parentsFirst } from './parents-first.ts';
import { TableModel, type Surroundings } from './table-model.ts';
import { planOf, type TablePlan } from './table-plan.ts';
import { tableRows, type TableRows } from './table-rows.ts';
import { unlikeSource } from './unlike.ts';
import { kindOf } from './values/kind-of.ts';

/** Tables with rows that the statistics of a database describe, those first that others refer to. A table without rows is left out. */
export function fromStatistics(snapshot: Snapshot): GeneratedTable[] {
  const plans = plansOf(snapshot);
  const database = new Database(snapshot, plans);
  return parentsFirst(
    plans.map(({ table }) => table),
    snapshot.fanOuts,
  ).map((table) => ({
    name: table.name,
    columns: table.columns.map(({ name }) => name),
    rowsAtScaleOne: table.rows,
    aged: agedShare(table),
    row: (context, ordinal) => database.rowsOf(table.name, context).row(ordinal),
  }));
}

/** What those rows do not have of the source, by table or column. */
export const notAsInSource = (snapshot: Snapshot): LeftOut[] => unlikeSource(snapshot, plansOf(snapshot));

function plansOf(snapshot: Snapshot): TablePlan[] {
  const filled = snapshot.tables.filter(({ rows }) => rows > 0);
  const names = new Set(filled.map(({ name }) => canonicalRelation(name)));
  return filled.map((table) => planOf(snapshot, table, names));
}

/** The tables at the numbers of rows that were asked for last: all rows of a run are made at the same. */
class Database {
  readonly #snapshot: Snapshot;
  readonly #plans: ReadonlyMap<string, TablePlan>;
  /** For which nothing was made yet. */
  #asked: { rowsOf: RowContext['rowsOf']; seed: number } = { rowsOf: () => 0, seed: 0 };
  #numbers = '';
  #models = new Map<string, TableModel>();
  #rows = new Map<string, TableRows>();

  constructor(snapshot: Snapshot, plans: readonly TablePlan[]) {
    this.#snapshot = snapshot;
    this.#plans = new Map(plans.map((plan) => [canonicalRelation(plan.table.name), plan]));
  }

  rowsOf(name: string, { rowsOf, seed = 0 }: RowContext): TableRows {
    if (rowsOf !== this.#asked.rowsOf || seed !== this.#asked.seed) this.#ask({ rowsOf, seed });
    return this.#rows.get(name) ?? this.#made(name);
  }

  #made(name: string): TableRows {
    const made = tableRows(this.#modelOf(name), this.#asked.seed);
    this.#rows.set(name, made);
    return made;
  }

  #cellsOf(table: string, column: string): (place: number) => Cell {
    let cell: ((place: number) => Cell) | undefined;
    return (place) => {
      cell ??= (this.#rows.get(table) ?? this.#made(table)).cellOf(column);
      return cell(place);
    };
  }

  /** What was made stays where the numbers are the same. */
  #ask({ rowsOf, seed }: { rowsOf: RowContext['rowsOf']; seed: number }): void {
    const names = [...this.#plans.values()].map(({ table }) => table.name);
    const numbers = JSON.stringify([seed, names.map((name) => rowsOf(name))]);
    this.#asked = { rowsOf, seed };
    if (numbers === this.#numbers) return;
    this.#numbers = numbers;
    this.#models = new Map();
    this.#rows = new Map();
  }

  #modelOf(name: string): TableModel {
    const canonical = canonicalRelation(name);
    const found = this.#models.get(canonical);
    if (found) return found;
    const plan = this.#plans.get(canonical);
    if (!plan) throw new Error(`table ${name} is not one with rows`);
    const model = new TableModel(plan, this.#surroundingsOf(plan.table));
    this.#models.set(canonical, model);
    return model;
  }

  #surroundingsOf(table: SnapshotTable): Surroundings {
    const { rowsOf, seed } = this.#asked;
    return {
      rows: rowsOf(table.name),
      seed,
      kindOf: (column) =>
        kindOf(column, samplesOf(column), this.#snapshot.locale, keyFor('values', table.name, column.name)),
      modelOf: (other) => this.#modelOf(other),
      cellsOf: (other, column) => this.#cellsOf(other, column),
    };
  }
}
