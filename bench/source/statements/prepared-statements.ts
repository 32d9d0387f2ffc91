import { loadModule } from 'libpg-query';
import { most } from '../../model/extent.ts';
import type { SourceCatalog } from './catalog.ts';
import { chosenStatements, isWrite } from './choose.ts';
import { Names } from './names.ts';
import { withWholeLists } from './parameters/rewrite.ts';
import { Unresolved } from './parameters/use.ts';
import { replayableReads } from './reads.ts';
import type {
  LeftOutStatement,
  ObservedStatement,
  ReplayableStatement,
  Statements,
} from './source-statement.ts';
import { madeUpWrites, type TouchedTable } from './writes/made-up.ts';
import { TOO_DEEP } from './too-deep.ts';
import { replayableWrite } from './writes/writes.ts';

/** What is known when statements are prepared to be run again. */
export interface Circumstances {
  catalog: SourceCatalog;
  /** The tables that the candidate touches. */
  touched: readonly TouchedTable[];
  /** Whether a table's rows are on the measuring server, by `relationText`. */
  isCarried: (table: string) => boolean;
}

/** Makes items of the statements that a source ran: those on the touched tables, and the dearest others. */
export async function preparedStatements(
  observed: readonly ObservedStatement[],
  { catalog, touched, isCarried }: Circumstances,
): Promise<Statements> {
  await loadModule();
  const names = new Names();
  const { onTouched, others, leftOut } = chosenStatements(observed, catalog, touched, isCarried);
  const { sharesOf, shareOf } = sharesIn(observed);
  const counted = observed.flatMap(({ countedHours }) => countedHours ?? []);
  const replayable: ReplayableStatement[] = [];
  const failed: LeftOutStatement[] = leftOut.map(({ statement: one, reason }) => ({
    ...{ sql: one.sql, reason, share: shareOf(one) },
  }));
  for (const one of [...onTouched, ...outsideOfMix(others, onTouched)])
    try {
      replayable.push(...itemsOf({ ...one, sql: withWholeLists(one.sql) }, shareOf(one), catalog, names));
    } catch (error) {
      failed.push({ sql: one.sql, reason: whyNot(error), share: shareOf(one) });
    }
  const written = replayable.flatMap((item) =>
    item.kind === 'write' ? catalog.tablesBehind(item.table) : [],
  );
  const made = touched
    .filter(({ name }) => !written.includes(name))
    .map((table) => madeUpWrites(table, catalog, names));
  return {
    sharesOf,
    ...(counted.length > 0 && { countedHours: most(counted) }),
    replayable: [...replayable, ...made.flatMap((statements) => statements.replayable)],
    leftOut: [...failed, ...made.flatMap((statements) => statements.leftOut)],
  };
}

/** By their times, or by their weights where nobody knows times; all are alike where nobody knows weights either. */
function sharesIn(
  observed: readonly ObservedStatement[],
): Pick<Statements, 'sharesOf'> & { shareOf: (one: ObservedStatement) => number } {
  const sum = (figure: 'totalMs' | 'weight'): number =>
    observed.reduce((so, statement) => so + statement[figure], 0);
  const [time, weight] = [sum('totalMs'), sum('weight')];
  if (time > 0) return { sharesOf: 'execution time', shareOf: ({ totalMs }) => totalMs / time };
  const shareOf = (one: ObservedStatement): number =>
    weight > 0 ? one.weight / weight : 1 / observed.length;
  return { sharesOf: 'weight', shareOf };
}

/**
 * What is on none of the migration's tables shows whether anything else changes. Its noise is no part of the verdict, as
 * long as there is a statement to judge by.
 */
const outsideOfMix = (
  others: readonly ObservedStatement[],
  onTouched: readonly ObservedStatement[],
): readonly ObservedStatement[] =>
  onTouched.length === 0 ? others : others.map((one) => ({ ...one, weight: 0 }));

function itemsOf(
  observed: ObservedStatement,
  share: number,
  catalog: SourceCatalog,
  names: Names,
): ReplayableStatement[] {
  const items = isWrite(observed.sql)
    ? [replayableWrite(observed, share, catalog, names)]
    : replayableReads(observed, share, catalog, names);
  const { calls, totalMs } = observed;
  return totalMs > 0 && calls > 0 ? items.map((item) => ({ ...item, meanMs: totalMs / calls })) : items;
}

function whyNot(error: unknown): string {
  if (error instanceof RangeError) return TOO_DEEP;
  if (error instanceof Unresolved) return error.message;
  throw error;
}
