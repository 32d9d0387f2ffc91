import { escapeIdentifier } from 'pg';
import { quotedRelation } from '../../../model/relation.ts';
import type { CatalogRelation, Column, SourceCatalog } from '../catalog.ts';
import type { Names } from '../names.ts';
import { Unresolved } from '../parameters/use.ts';
import type {
  LeftOutStatement,
  ObservedStatement,
  ReplayableWrite,
  Statements,
} from '../source-statement.ts';
import { replayableWrite } from './writes.ts';

/** A table that the candidate touches, with the columns of the indexes that it makes or drops. */
export interface TouchedTable {
  name: string;
  indexedColumns: readonly string[];
}

/**
 * Writes for a table whose writes are not known: an INSERT, an UPDATE of a column of the candidate and one of another
 * column. How often they are called nobody knows: their weight is 0.
 */
export function madeUpWrites(
  touched: TouchedTable,
  catalog: SourceCatalog,
  names: Names,
): Pick<Statements, 'replayable' | 'leftOut'> {
  const table = catalog.byName(touched.name);
  if (table?.kind !== 'table') return { replayable: [], leftOut: [] };
  const replayable: ReplayableWrite[] = [];
  const leftOut: LeftOutStatement[] = [];
  for (const statement of [insertOf(table), ...updatesOf(table, touched.indexedColumns)])
    try {
      replayable.push(replayableWrite(statement, 0, catalog, names, true));
    } catch (error) {
      if (!(error instanceof Unresolved)) throw error;
      leftOut.push({ sql: statement.sql, reason: error.message, share: 0, madeUp: true });
    }
  return { replayable, leftOut };
}

const madeUp = (sql: string, title: string): ObservedStatement => ({
  ...{ sql, title, calls: 0, totalMs: 0, weight: 0 },
  origin: 'made up',
});

/** Of the columns that PostgreSQL does not fill. */
function insertOf(table: CatalogRelation): ObservedStatement {
  const columns = table.columns.filter(
    ({ fills, notNull }) => fills === 'nothing' || (fills === 'default' && !notNull),
  );
  const title = `INSERT ${table.name} (made up)`;
  if (columns.length === 0) return madeUp(`INSERT INTO ${quotedRelation(table.name)} DEFAULT VALUES`, title);
  const names = columns.map(({ name }) => escapeIdentifier(name)).join(', ');
  const values = columns.map((_, place) => `$${place + 1}`).join(', ');
  return madeUp(`INSERT INTO ${quotedRelation(table.name)} (${names}) VALUES (${values})`, title);
}

/** Rows are found by the first unique key; a table without one has no such UPDATE. */
function updatesOf(table: CatalogRelation, indexed: readonly string[]): ObservedStatement[] {
  const [key] = table.uniqueKeys;
  if (!key) return [];
  const isSettable = ({ name, fills }: Column): boolean => fills !== 'always' && !key.includes(name);
  const settable = table.columns.filter(isSettable);
  const chosen = [
    settable.find(({ name }) => indexed.includes(name)),
    settable.find(({ name }) => !indexed.includes(name) && !isInKey(table, name)),
  ];
  const found = key.map((name, place) => `${escapeIdentifier(name)} = $${place + 2}`).join(' AND ');
  return chosen.flatMap((column) =>
    column === undefined
      ? []
      : madeUp(
          `UPDATE ${quotedRelation(table.name)} SET ${escapeIdentifier(column.name)} = $1 WHERE ${found}`,
          `UPDATE ${table.name}: ${column.name} (made up)`,
        ),
  );
}

const isInKey = ({ uniqueKeys, otherUniqueKeys, foreignKeys }: CatalogRelation, name: string): boolean =>
  [...uniqueKeys, ...otherUniqueKeys, ...foreignKeys.map(({ columns }) => columns)].some((key) =>
    key.includes(name),
  );
