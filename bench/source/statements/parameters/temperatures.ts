import type { SourceCatalog, Spread } from '../catalog.ts';
import { ScopeColumns } from './columns.ts';
import type { Temperature, UsedScope } from './drawing.ts';
import type { Levels } from './levels.ts';

/** The part of the calls that one item stands for. */
export interface TemperaturePart {
  temperature: Temperature;
  /** Of the calls, 0 to 1. */
  share: number;
  /** Whether the statement has items of other temperatures, too. */
  isOneOfSeveral: boolean;
}

/** Unless the most frequent value has so many times the rows of the average one, all are alike. */
const SKEWED = 2;

/** With fewer rows even the most frequent value has hardly any. */
const LEAST_ROWS = 10;

/** Without statistics. */
const UNKNOWN_SHARE = 1 / 3;

/**
 * Where the values of the compared columns differ in frequency, a frequent, a typical and a rare one. Calls are taken to
 * follow the rows: the most frequent value has its rows' share of them, the others have half of the rest each.
 */
export function sharesOf({ scopes }: Levels, catalog: SourceCatalog): TemperaturePart[] {
  const hot = Math.max(0, ...scopes.map((level) => hotShare(level, catalog)));
  if (hot === 0) return [{ temperature: 'median', share: 1, isOneOfSeveral: false }];
  const rest = (1 - hot) / 2;
  const shares: [Temperature, number][] = [
    ['hot', hot],
    ['median', rest],
    ['cold', rest],
  ];
  return shares.map(([temperature, share]) => ({ temperature, share, isOneOfSeveral: true }));
}

/** 0 where all values are alike. */
function hotShare({ scope, uses }: UsedScope, catalog: SourceCatalog): number {
  const columns = new ScopeColumns(scope.from, catalog);
  const equal = uses.filter((use) => use.kind === 'equal').map(({ of }) => of);
  if (equal.length === 0 || columns.identify(equal)) return 0;
  const found = equal.map((of) => columns.find(of));
  const spreads = found.flatMap((one) => one?.column.spread ?? []);
  if (spreads.length < equal.length) return UNKNOWN_SHARE;
  const rows = Math.max(...found.map((one) => one?.relation.rows ?? 0));
  return jointShare(spreads, rows);
}

/** As if the columns were independent of each other. */
function jointShare(spreads: readonly Spread[], rows: number): number {
  const average = product(spreads.map(({ distinctValues }) => 1 / Math.max(1, distinctValues)));
  const most = product(
    spreads.map((one) => Math.max(one.mostCommonShare, 1 / Math.max(1, one.distinctValues))),
  );
  return most / average >= SKEWED && most * rows >= LEAST_ROWS ? most : 0;
}

const product = (factors: readonly number[]): number =>
  factors.reduce((result, factor) => result * factor, 1);
