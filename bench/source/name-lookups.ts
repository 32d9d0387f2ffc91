import { loadModule } from 'libpg-query';
import { factsOf, statementsIn } from '../suite/statement-facts.ts';

/** A statement that a role ran, and the time of all its calls. */
export interface RanStatement {
  role: string;
  sql: string;
  totalMs: number;
}

/** The names of the tables and views in each schema. */
export type TablesBySchema = ReadonlyMap<string, ReadonlySet<string>>;

/** A statement on tables of the user's, and the names in it that a search path has to find. */
export interface Lookup {
  role: string;
  totalMs: number;
  names: readonly string[];
}

/** What copies a table, as those do that read a source, is no statement of an application. */
const KINDS = ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'];

export async function lookupsIn(ran: readonly RanStatement[], tables: TablesBySchema): Promise<Lookup[]> {
  await loadModule();
  const userTables = [...tables].filter(([schema]) => !/^(pg_|information_schema$)/.test(schema));
  const known = new Set(userTables.flatMap(([, names]) => [...names]));
  return ran.flatMap(({ role, sql, totalMs }) => {
    const [statement] = statementsIn(sql) ?? [];
    if (!statement || !KINDS.some((kind) => kind in statement)) return [];
    const relations = (factsOf(sql)?.relations ?? []).filter(({ name }) => known.has(name));
    if (relations.length === 0) return [];
    const names = relations.filter(({ schema }) => schema === undefined).map(({ name }) => name);
    return [{ role, totalMs, names }];
  });
}

/** The one with the most time first. */
export function rolesByTime(lookups: readonly Lookup[]): string[] {
  const times = new Map<string, number>();
  for (const { role, totalMs } of lookups) times.set(role, (times.get(role) ?? 0) + totalMs);
  return [...times]
    .toSorted(([role, ms], [other, otherMs]) => otherMs - ms || (role < other ? -1 : 1))
    .map(([role]) => role);
}

/** The time of the statements whose names are all in these schemas. */
export function timeFound(
  lookups: readonly Lookup[],
  schemas: readonly string[],
  tables: TablesBySchema,
): number {
  const isThere = (name: string): boolean => schemas.some((schema) => tables.get(schema)?.has(name));
  return lookups.filter(({ names }) => names.every(isThere)).reduce((sum, { totalMs }) => sum + totalMs, 0);
}
