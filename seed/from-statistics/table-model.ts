import type { Cell } from '../../bench/model/dataset.ts';
import type {
  ColumnStatistics,
  ExtendedStatistics,
  FanOut,
  SnapshotColumn,
} from '../../bench/model/snapshot.ts';
import { agedShare, correlationBefore } from './aged.ts';
import { combinationsOf, withoutCombinations, type Combinations } from './combinations.ts';
import { columnOf, rankedColumn, type Column, type Layout, type RankedColumn } from './column.ts';
import { decidedBy } from './dependence.ts';
import { keyFor } from './hash.ts';
import { keyMarginal } from './key-marginal.ts';
import type { Marginal } from './marginal.ts';
import { rowReference, type ReferredRow } from './row-reference.ts';
import { statisticsMarginal, UNKNOWN } from './statistics-marginal.ts';
import type { ColumnPlan, TablePlan } from './table-plan.ts';
import type { ValueKind } from './values/value-kind.ts';

/** What a table's rows depend on besides its statistics. */
export interface Surroundings {
  rows: number;
  seed: number;
  kindOf: (column: SnapshotColumn) => ValueKind;
  /** The model of another table. */
  modelOf: (table: string) => TableModel;
  /** What the rows of another table have in a column; they are made when one is asked for. */
  cellsOf: (table: string, column: string) => (place: number) => Cell;
}

type ReferringPlan = Extract<ColumnPlan, { from: 'a row' | 'its own row' }>;

/** A table at a number of rows: each column's values, made when they are asked for. */
export class TableModel {
  readonly plan: TablePlan;
  readonly rows: number;
  readonly #surroundings: Surroundings;
  readonly #aged: number;
  readonly #marginals = new Map<string, Marginal>();
  readonly #columns = new Map<string, Column>();
  readonly #combinations = new Map<string, Combinations>();
  readonly #references = new Map<FanOut, ReferredRow>();

  constructor(plan: TablePlan, surroundings: Surroundings) {
    this.plan = plan;
    this.rows = surroundings.rows;
    this.#surroundings = surroundings;
    this.#aged = agedShare(plan.table);
  }

  column(name: string): Column {
    return kept(this.#columns, name, () => this.#made(name, this.#planOf(name)));
  }

  /** The values of a column that other tables refer to. */
  marginal(name: string): Marginal {
    return kept(this.#marginals, name, () => {
      const plan = this.#planOf(name);
      if (plan.from === 'its statistics' || plan.from === 'a key')
        return this.#marginalOf(name, plan, this.#statisticsOf(name), this.rows);
      const { cell } = this.column(name);
      return inPlaces(cell, this.rows);
    });
  }

  #made(name: string, plan: ColumnPlan): Column {
    if (plan.from === 'a sum') return this.#sum(plan.terms);
    if (plan.from === 'combinations') return this.#combined(name, plan.group, plan.position);
    if (plan.from === 'a row' || plan.from === 'its own row') return this.#ofReferredRow(name, plan);
    const own = rankedColumn(this.#rankedMarginal(name, plan), this.#layoutOf(name));
    return columnOf(plan.from === 'another column' ? this.#decided(name, plan, own) : own);
  }

  #rankedMarginal(name: string, plan: ColumnPlan): Marginal {
    return plan.from === 'another column'
      ? this.#marginalOf(name, plan.own, this.#statisticsOf(name), this.rows)
      : this.marginal(name);
  }

  #decided(
    name: string,
    { deciding, degree }: Extract<ColumnPlan, { from: 'another column' }>,
    own: RankedColumn,
  ): RankedColumn {
    const { ranked } = this.column(deciding);
    if (!ranked) return own;
    return decidedBy(ranked, own, { rows: this.rows, degree, key: this.#keyFor('decided', name) });
  }

  /** @param rows of the table, or of a part of it */
  #marginalOf(name: string, plan: ColumnPlan, statistics: ColumnStatistics, rows: number): Marginal {
    const { table, unique } = this.plan;
    const isUnique = unique.has(name);
    const size = rows - Math.round(rows * statistics.nullShare);
    if (plan.from === 'a key') {
      const { fanOut } = plan;
      const parent = this.#surroundings.modelOf(fanOut.refersTo).marginal(fanOut.referredColumns[0] ?? '');
      return keyMarginal({
        ...{ fanOut, parent, statistics, rows, size, isUnique, sourceRows: table.rows },
        key: keyFor('parents', table.name, name),
      });
    }
    const kind = this.#surroundings.kindOf(this.#columnNamed(name));
    return statisticsMarginal(kind, statistics, { rows, size, sourceRows: table.rows, isUnique });
  }

  #sum(terms: readonly string[]): Column {
    const columns = terms.map((term) => this.column(term));
    return {
      cell: (place) => {
        const cells = columns.map(({ cell }) => cell(place));
        return cells.includes(null) ? null : cells.reduce<number>((sum, cell) => sum + Number(cell), 0);
      },
    };
  }

  #combined(name: string, group: ExtendedStatistics, position: number): Column {
    const { mostCommon } = group;
    const combinations = kept(this.#combinations, group.name, () => this.#combinationsOf(group));
    const statistics = withoutCombinations(this.#statisticsOf(name), mostCommon, position);
    const rows = this.rows - combinations.size;
    const marginal = this.#marginalOf(name, { from: 'its statistics' }, statistics, rows);
    const others = columnOf(rankedColumn(marginal, { ...this.#layoutOf(name), rows }));
    return {
      cell: (place) => {
        const found = combinations.at(place, position);
        return 'other' in found ? others.cell(found.other) : found.value;
      },
    };
  }

  #combinationsOf({ name, columns, mostCommon }: ExtendedStatistics): Combinations {
    const [first = ''] = columns;
    const { compare } = this.#surroundings.kindOf(this.#columnNamed(first));
    return combinationsOf(mostCommon, compare, {
      ...this.#layoutOf(first),
      key: this.#keyFor('combinations', name),
    });
  }

  #ofReferredRow(name: string, { from, fanOut, referred }: ReferringPlan): Column {
    const parents = this.#surroundings.modelOf(fanOut.refersTo);
    const [first = name] = fanOut.columns;
    const rowOf = kept(this.#references, fanOut, () =>
      rowReference(fanOut, parents.rows, this.#statisticsOf(first).nullShare, this.#layoutOf(first)),
    );
    const cell = this.#surroundings.cellsOf(fanOut.refersTo, referred);
    return {
      cell: (place) => {
        const row = rowOf(place);
        if (row === undefined) return null;
        return cell(from === 'its own row' ? place : row);
      },
    };
  }

  #layoutOf(name: string): Layout {
    const { correlation = 0 } = this.#statisticsOf(name);
    return {
      rows: this.rows,
      correlation: correlationBefore(correlation, this.#aged),
      key: this.#keyFor('order', name),
    };
  }

  /** Only the order of rows depends on the seed: rows that are inserted later are acceptable whatever it was. */
  #keyFor(purpose: string, name: string): number {
    return keyFor(this.#surroundings.seed, purpose, this.plan.table.name, name);
  }

  #planOf(name: string): ColumnPlan {
    return this.plan.columns.get(name) ?? { from: 'its statistics' };
  }

  #columnNamed(name: string): SnapshotColumn {
    const found = this.plan.table.columns.find((column) => column.name === name);
    if (!found) throw new Error(`the snapshot has no column ${name} of ${this.plan.table.name}`);
    return found;
  }

  #statisticsOf(name: string): ColumnStatistics {
    return this.#columnNamed(name).statistics ?? UNKNOWN;
  }
}

/** The values of all rows in the order of their places, where they have no other. */
const inPlaces = (cell: (place: number) => Cell, rows: number): Marginal => ({
  size: rows,
  at: cell,
  runs: () => [{ rows, values: rows }],
  unused: () => undefined,
  compare: () => 0,
});

function kept<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
