import type { Node } from 'libpg-query';
import type { CatalogRelation, Column, SourceCatalog } from '../catalog.ts';
import { assignedUses, givenNumbers } from '../parameters/assigned.ts';
import { ScopeColumns } from '../parameters/columns.ts';
import { constantAt } from '../parameters/constants.ts';
import { placesIn } from '../parameters/places.ts';
import { as, type Held } from '../parameters/tree.ts';
import { itself, Unresolved, type Use } from '../parameters/use.ts';
import { insertedValues, insertTargets, type Given } from './inserted-values.ts';
import type { ResolvedWrite } from './resolved-write.ts';

/**
 * An INSERT of values takes them from existing rows, so that foreign keys and most checks hold; every unique key gets a
 * value of its own.
 *
 * @throws Unresolved
 */
export function resolvedInsert(
  insert: Held<'InsertStmt'>,
  table: CatalogRelation,
  catalog: SourceCatalog,
): ResolvedWrite {
  const rows = rowsOf(insert);
  if (insert.selectStmt && rows.length === 0)
    throw new Unresolved('INSERT ... SELECT is not prepared: its rows would be there already');
  const columns = columnsOf(insert, table);
  const given = rows.flatMap((row, place) => givenIn(row, columns, place));
  const updated = assignedUses(insert.onConflictClause?.targetList ?? []);
  const constants = constantsOf(insert, new Set([...given, ...updated].map(({ number }) => number)), catalog);
  const { values, newPair } = insertedValues(table, { given, updated, columns, rows: rows.length });
  const drawn = [...values.keys()].toSorted((one, other) => one - other);
  return {
    uses: [...constants, ...drawn.map((number) => drawnUse(number, given))],
    numbers: drawn,
    targets: insertTargets(
      table,
      drawn.map((number) => values.get(number) ?? 'NULL'),
      newPair,
    ),
    choices: [
      ...given.map(
        ({ number, column }) =>
          `$${drawn.indexOf(number) + 1} is ${table.name}.${column.name}: what an existing row has, or a new value where it has to be one`,
      ),
      ...(insert.onConflictClause ? ['every execution inserts: ON CONFLICT finds no conflict'] : []),
    ],
  };
}

/** The values of each row: of VALUES, or of a SELECT that reads nothing. */
function rowsOf({ selectStmt }: Held<'InsertStmt'>): (readonly Node[])[] {
  const { valuesLists, fromClause, whereClause, targetList } = as('SelectStmt', selectStmt) ?? {};
  if (valuesLists) return valuesLists.map((row) => as('List', row)?.items ?? []);
  if (fromClause || whereClause || !targetList) return [];
  return [targetList.flatMap((target) => as('ResTarget', target)?.val ?? [])];
}

function columnsOf({ cols }: Held<'InsertStmt'>, table: CatalogRelation): (Column | undefined)[] {
  const names = cols?.map((target) => as('ResTarget', target)?.name);
  return names
    ? names.map((name) => table.columns.find((column) => column.name === name))
    : [...table.columns];
}

const givenIn = (items: readonly Node[], columns: readonly (Column | undefined)[], row: number): Given[] =>
  items.flatMap((item, place) => {
    const column = columns[place];
    return column ? givenNumbers(item).map((number) => ({ number, column, row })) : [];
  });

const drawnUse = (number: number, given: readonly Given[]): Use => {
  const column = given.find((one) => one.number === number)?.column.name ?? '';
  const of: Node = { ColumnRef: { fields: [{ String: { sval: column } }] } };
  return { kind: 'assigned', number, of, value: itself, column };
};

/** What is computed from a parameter has a constant of its kind. */
function constantsOf(insert: Held<'InsertStmt'>, given: ReadonlySet<number>, catalog: SourceCatalog): Use[] {
  const from = insert.relation ? [{ RangeVar: insert.relation }] : [];
  const columns = new ScopeColumns(from, catalog);
  return placesIn({ InsertStmt: insert })
    .filter(({ number }) => !given.has(number))
    .map((place) => {
      const constant = constantAt(place, columns);
      if (!constant) throw new Unresolved(`nothing tells the values of $${place.number}`, place.number);
      return { kind: 'constant', number: place.number, ...constant };
    });
}
