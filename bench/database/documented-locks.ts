import { parse, type Node } from 'libpg-query';
import { escapeIdentifier } from 'pg';
import { askCatalog } from './ask-catalog.ts';
import type { Connection } from './connection.ts';
import { isUserSchema, relationTextOf } from './relations.ts';
import type { TableLock } from './table-changes.ts';

/** A lock on tables, or on those of indexes, by their names; or on every table, one after another. */
interface NamedLock {
  mode: 'ShareLock' | 'ShareUpdateExclusiveLock' | 'AccessExclusiveLock';
  on: readonly string[] | 'every table';
}

/**
 * The locks that PostgreSQL documents for a statement that cannot be part of a transaction (manual, 13.3.1, and the pages
 * of the commands). Has to be asked before the statement is carried out: it may drop what it names.
 */
export async function documentedLocks(connection: Connection, sql: string): Promise<TableLock[]> {
  const { stmts = [] } = await parse(sql);
  const locks: TableLock[] = [];
  for (const { mode, on } of stmts.flatMap(({ stmt }) => (stmt ? lockedBy(stmt) : [])))
    for (const table of await tablesOf(connection, on)) locks.push({ table, mode, knownFrom: 'manual' });
  return locks;
}

function lockedBy(statement: Node): NamedLock[] {
  if ('IndexStmt' in statement) return [sharedUpdate([textOf(statement.IndexStmt.relation)])];
  if ('DropStmt' in statement) return [sharedUpdate((statement.DropStmt.objects ?? []).map(textOfList))];
  if ('ReindexStmt' in statement) return [lockOfReindex(statement.ReindexStmt)];
  if ('VacuumStmt' in statement) return [lockOfVacuum(statement.VacuumStmt)];
  if ('ClusterStmt' in statement) {
    const { relation } = statement.ClusterStmt;
    return relation ? [{ mode: 'AccessExclusiveLock', on: [textOf(relation)] }] : [];
  }
  return 'AlterTableStmt' in statement ? locksOfDetaching(statement.AlterTableStmt) : [];
}

const sharedUpdate = (on: NamedLock['on']): NamedLock => ({ mode: 'ShareUpdateExclusiveLock', on });

type Kind<Name extends string> = Extract<Node, Record<Name, unknown>>[Name &
  keyof Extract<Node, Record<Name, unknown>>];

/** Of a schema or a database, every table counts: those of other schemas are hardly worth a rule of their own. */
function lockOfReindex({ relation, params }: Kind<'ReindexStmt'>): NamedLock {
  const on = relation ? [textOf(relation)] : 'every table';
  return isOn(params, 'concurrently') ? sharedUpdate(on) : { mode: 'ShareLock', on };
}

function lockOfVacuum({ options, rels = [] }: Kind<'VacuumStmt'>): NamedLock {
  const named = rels.map((one) => ('VacuumRelation' in one ? textOf(one.VacuumRelation.relation) : ''));
  const on = named.length > 0 ? named : 'every table';
  return isOn(options, 'full') ? { mode: 'AccessExclusiveLock', on } : sharedUpdate(on);
}

/** The partition is locked against everybody at the end, once the older transactions have ended. */
function locksOfDetaching({ relation, cmds = [] }: Kind<'AlterTableStmt'>): NamedLock[] {
  const partitions = cmds.flatMap((command) => {
    const definition = 'AlterTableCmd' in command ? command.AlterTableCmd.def : undefined;
    return definition && 'PartitionCmd' in definition ? [textOf(definition.PartitionCmd.name)] : [];
  });
  return [sharedUpdate([textOf(relation)]), { mode: 'AccessExclusiveLock', on: partitions }];
}

/** Whether an option is given, and not as `false`, `off` or 0. */
const isOn = (options: readonly Node[] = [], wanted: string): boolean =>
  options.some(
    (option) =>
      'DefElem' in option &&
      option.DefElem.defname === wanted &&
      !/"(false|off)"|"Integer":\{\}/.test(JSON.stringify(option.DefElem.arg ?? '')),
  );

const textOf = (relation: { schemaname?: string; relname?: string } = {}): string =>
  [relation.schemaname, relation.relname]
    .flatMap((name) => (name === undefined ? [] : [escapeIdentifier(name)]))
    .join('.');

const textOfList = (name: Node): string =>
  ('List' in name ? (name.List.items ?? []) : [])
    .flatMap((part) => ('String' in part ? [escapeIdentifier(part.String.sval ?? '')] : []))
    .join('.');

/** As the session finds them: by its own search_path. */
const OIDS = `SELECT pg_catalog.to_regclass(name)::pg_catalog.oid AS oid FROM pg_catalog.unnest($1::pg_catalog.text[]) AS name`;

const TABLES = `
  SELECT DISTINCT ${relationTextOf('n', 'c')} AS "table"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  WHERE c.relkind IN ('r', 'p', 'm')
    AND ($1::oid[] IS NULL OR c.oid = ANY ($1) OR c.oid IN (SELECT indrelid FROM pg_index WHERE indexrelid = ANY ($1)))
  ORDER BY "table"`;

async function tablesOf(connection: Connection, on: NamedLock['on']): Promise<string[]> {
  const oids =
    on === 'every table'
      ? null
      : (await connection.query<{ oid: string }>(OIDS, [on])).rows.map(({ oid }) => oid);
  return (await askCatalog<{ table: string }>(connection, TABLES, [oids])).map(({ table }) => table);
}
