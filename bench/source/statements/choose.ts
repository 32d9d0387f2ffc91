import type { Node } from 'libpg-query';
import { factsOf, nodesIn, statementsIn, type Relation } from '../../suite/statement-facts.ts';
import type { SourceCatalog } from './catalog.ts';
import { reachedTables } from './reached-tables.ts';
import type { ObservedStatement } from './source-statement.ts';
import { TOO_DEEP, unlessTooDeep } from './too-deep.ts';
import { functionsIn } from './user-functions.ts';
import type { TouchedTable } from './writes/made-up.ts';

/** Statements on none of the touched tables that are taken besides: the dearest. */
const OTHERS = 10;

interface Refused {
  statement: ObservedStatement;
  reason: string;
}

/** The statements to be measured, and why not the others. */
export function chosenStatements(
  observed: readonly ObservedStatement[],
  catalog: SourceCatalog,
  touched: readonly TouchedTable[],
  isCarried: (table: string) => boolean,
): { onTouched: ObservedStatement[]; others: ObservedStatement[]; leftOut: Refused[] } {
  const leftOut: Refused[] = [];
  const [onTouched, others]: [ObservedStatement[], ObservedStatement[]] = [[], []];
  const names = new Set(touched.map(({ name }) => name));
  for (const statement of observed.toSorted((one, other) => other.totalMs - one.totalMs)) {
    const reason =
      statement.refusal ??
      unlessTooDeep(
        () => refusalOf(statement.sql, catalog, isCarried),
        () => TOO_DEEP,
      );
    if (reason !== undefined) leftOut.push({ statement, reason });
    else if (reachedTables(statement.sql, catalog).some((table) => names.has(table)))
      onTouched.push(statement);
    else others.push(statement);
  }
  const cheap = others.slice(OTHERS);
  const reason = `it is on none of the candidate's tables, and not among the ${OTHERS} dearest such statements`;
  return {
    onTouched,
    others: others.slice(0, OTHERS),
    leftOut: [...leftOut, ...cheap.map((statement) => ({ statement, reason }))],
  };
}

/** What pg_stat_statements shows instead of the text of another role's statement. */
const HIDDEN = '<insufficient privilege>';

/** Why a statement cannot be measured; undefined where nothing is known against it. */
function refusalOf(
  sql: string,
  catalog: SourceCatalog,
  isCarried: (table: string) => boolean,
): string | undefined {
  if (sql === HIDDEN) return 'its text is hidden: the role that reads it needs pg_read_all_stats';
  const [statement, second] = statementsIn(sql) ?? [];
  if (!statement) return 'the parser of PostgreSQL does not accept it';
  if (second) return 'it is several statements';
  return kindRefusal(statement) ?? relationRefusal(factsOf(sql)?.relations ?? [], catalog, isCarried);
}

const WRITES = ['InsertStmt', 'UpdateStmt', 'DeleteStmt'];

/** Functions that change what a later execution finds, wait, or act on the server. */
const WITH_EFFECTS =
  /^(setval|set_config|pg_(try_)?advisory_.*|pg_notify|pg_sleep.*|lo_.*|dblink.*|pg_(terminate|cancel)_backend|pg_reload_conf|pg_rotate_logfile|pg_switch_wal|pg_promote|pg_create_restore_point|pg_wal_replay_.*|pg_backup_.*|pg_(start|stop)_backup|pg_logical_.*|pg_replication_.*|pg_(create|drop|copy)_.*_slot|pg_stat_.*reset.*|pg_export_snapshot)$/;

function kindRefusal(statement: Node): string | undefined {
  const [kind = ''] = Object.keys(statement);
  if (kind === 'MergeStmt') return 'it is a MERGE';
  if (kind !== 'SelectStmt' && !WRITES.includes(kind)) return 'it is a utility statement';
  const inner = [...nodesIn(Object.values(statement))];
  if (inner.some((node) => WRITES.some((write) => write in node))) return 'its WITH clause writes';
  if (inner.some((node) => 'intoClause' in node)) return 'it makes a table';
  const effect = functionsIn(statement).find(
    (name) => WITH_EFFECTS.test(name) || (kind === 'SelectStmt' && name === 'nextval'),
  );
  return effect === undefined ? undefined : `it calls ${effect}()`;
}

function relationRefusal(
  relations: readonly Relation[],
  catalog: SourceCatalog,
  isCarried: (table: string) => boolean,
): string | undefined {
  if (relations.length === 0) return 'it names no table: a function may read some';
  for (const relation of relations) {
    const found = catalog.find(relation);
    if (!found) return whyNotFound(relation, catalog);
    const missing = catalog.tablesBehind(found.name).find((table) => !isCarried(table));
    if (missing !== undefined) return `${missing} is not carried over`;
  }
  return undefined;
}

function whyNotFound(relation: Relation, catalog: SourceCatalog): string {
  if (isSystem(relation)) return "it reads PostgreSQL's catalogs";
  return relation.schema === undefined && catalog.hasAnywhere(relation.name)
    ? `${relation.name} is in none of the schemas in which names without one are looked up`
    : `the database has no table ${relation.name}`;
}

const isSystem = ({ schema, name }: Relation): boolean =>
  schema === 'pg_catalog' || schema === 'information_schema' || name.startsWith('pg_');

/** Whether a statement that can be measured writes. */
export const isWrite = (sql: string): boolean =>
  (statementsIn(sql) ?? []).some((statement) => WRITES.some((kind) => kind in statement));
