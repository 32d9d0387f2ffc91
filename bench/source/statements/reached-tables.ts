import type { Node } from 'libpg-query';
import { factsOf, statementsIn } from '../../suite/statement-facts.ts';
import type { ForeignKey, SourceCatalog } from './catalog.ts';
import { as } from './parameters/tree.ts';

/** The tables that a statement names, those behind its views among them. */
export function namedTables(sql: string, catalog: SourceCatalog): string[] {
  const named = (factsOf(sql)?.relations ?? []).flatMap((relation) => catalog.find(relation)?.name ?? []);
  return named.flatMap((name) => catalog.tablesBehind(name));
}

/**
 * The tables that a statement names, and those that PostgreSQL goes to on its behalf: a foreign key to a row that goes is
 * looked for in the other table, with or without an index, and a trigger writes where its function says.
 */
export function reachedTables(sql: string, catalog: SourceCatalog): string[] {
  const named = namedTables(sql, catalog);
  const [statement] = statementsIn(sql) ?? [];
  const change = statement && changeIn(statement);
  return change ? [...named, ...named.flatMap((name) => tablesAfter(name, change, catalog))] : named;
}

/** Whether a foreign key to the written table has to be looked after. */
type Change = (key: ForeignKey) => boolean;

function changeIn(statement: Node): Change | undefined {
  if (as('DeleteStmt', statement)) return () => true;
  if (as('InsertStmt', statement)) return () => false;
  const targets = as('UpdateStmt', statement)?.targetList;
  const set = new Set(targets?.map((target) => as('ResTarget', target)?.name));
  return targets && (({ referencedColumns }) => referencedColumns.some((name) => set.has(name)));
}

function tablesAfter(
  name: string,
  change: Change,
  catalog: SourceCatalog,
  seen: ReadonlySet<string> = new Set(),
): string[] {
  if (seen.has(name)) return [];
  const written = new Set([...seen, name]);
  const referring = catalog.referringTo(name).filter(({ key }) => change(key));
  const further = referring.flatMap(({ from, key }) =>
    key.restricts ? [] : tablesAfter(from, () => true, catalog, written),
  );
  return [...(catalog.byName(name)?.namedByTriggers ?? []), ...referring.map(({ from }) => from), ...further];
}
