import { loadModule, type Node } from 'libpg-query';
import type { Connection } from '../../database/connection.ts';
import { UsageError } from '../../model/errors.ts';
import { factsOf, statementsIn, type Relation } from '../../suite/statement-facts.ts';
import { mayNotRead } from '../chosen-tables.ts';
import { fakeStatement } from '../redact/fake-statement.ts';
import type { Redaction } from '../redact/redaction.ts';
import type { SourceCatalog } from './catalog.ts';
import { observedStatements } from './observed.ts';
import { preparedStatements } from './prepared-statements.ts';
import { statementsInFiles } from './queries-file.ts';
import { namedTables } from './reached-tables.ts';
import { readCatalog } from './read-catalog.ts';
import type { ObservedStatement, Statements } from './source-statement.ts';
import { functionsIn, userFunctions } from './user-functions.ts';
import type { TouchedTable } from './writes/made-up.ts';

/** Which statements are wanted. */
export interface WantedStatements {
  touched: readonly TouchedTable[];
  /** Tables whose rows are not copied, by `relationText`. */
  empty: readonly string[];
  /** Of these, those that the role may not read. */
  unreadable: readonly string[];
  /** A file or a folder of statements; undefined for those of pg_stat_statements. */
  queries: string | undefined;
  /** What a snapshot has of pg_stat_statements; undefined where the server has it. */
  described: readonly ObservedStatement[] | undefined;
  /** What takes the place of texts; undefined where they are not replaced. */
  redaction: Redaction | undefined;
  /** Schemas in which names without one are looked up. */
  searchPath: readonly string[];
}

/**
 * The statements that a source ran, made so that they can be run again on the rows that are copied.
 *
 * @throws UsageError naming the tables that one on a table of the migration needs, and that the role may not read
 */
export async function findStatements(connection: Connection, wanted: WantedStatements): Promise<Statements> {
  const { touched, empty, queries, described, redaction, searchPath } = wanted;
  const withoutRows = new Set(empty);
  const catalog = await readCatalog(connection, searchPath);
  const observed = await (queries === undefined
    ? (described ?? observedStatements(connection))
    : statementsInFiles(queries));
  await loadModule();
  const functions = await userFunctions(connection);
  const onTables = observed.filter(({ sql }) => isOnTables(sql, catalog, functions));
  refuseUnreadable(onTables, catalog, wanted);
  const shown = redaction ? onTables.map((one) => fakeStatement(one, catalog, redaction)) : onTables;
  return preparedStatements(shown, {
    catalog,
    touched,
    isCarried: (table) => !withoutRows.has(table),
  });
}

/** @throws UsageError */
function refuseUnreadable(
  statements: readonly ObservedStatement[],
  catalog: SourceCatalog,
  { touched, unreadable }: WantedStatements,
): void {
  const names = new Set(touched.map(({ name }) => name));
  const needed = statements
    .map(({ sql }) => namedTables(sql, catalog))
    .filter((tables) => tables.some((table) => names.has(table)))
    .flatMap((tables) => tables.filter((table) => unreadable.includes(table)));
  if (needed.length > 0) throw new UsageError(mayNotRead([...new Set(needed)].sort()));
}

/** What reads catalogs only, sets something, or begins a transaction depends on no index of the user's. */
export function isOnTables(sql: string, catalog: SourceCatalog, functions: ReadonlySet<string>): boolean {
  const [facts, statements] = [factsOf(sql), statementsIn(sql)];
  if (facts === undefined || statements === undefined) return !OF_SESSIONS.test(sql);
  const isTable = ({ schema, name }: Relation): boolean =>
    !name.startsWith('pg_') &&
    (schema === undefined ? catalog.hasAnywhere(name) : catalog.find({ schema, name }) !== undefined);
  const mayUseTables =
    facts.relations.some(isTable) || functionsIn(statements).some((name) => functions.has(name));
  return mayUseTables && statements.some(usesRows);
}

/** With `$1` for a constant the parser takes no SET any more. */
const OF_SESSIONS =
  /^(?:\s|--[^\n]*\n|\/\*.*?\*\/)*(?:SET|RESET|SHOW|BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|DISCARD|NOTIFY|EXPLAIN)\b/is;

const KINDS = [
  ...['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'],
  ...['CallStmt', 'DeclareCursorStmt', 'RefreshMatViewStmt'],
];

/** COPY to a client reads a whole table, whatever its indexes. */
const usesRows = (statement: Node): boolean =>
  KINDS.some((kind) => kind in statement) || ('CopyStmt' in statement && statement.CopyStmt.is_from === true);
