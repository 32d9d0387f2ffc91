import { escapeIdentifier } from 'pg';
import { RunError } from '../model/errors.ts';
import { quotedRelation } from '../model/relation.ts';
import { askCatalog } from './ask-catalog.ts';
import { updateShards } from './cluster/update-shards.ts';
import type { Connection } from './connection.ts';
import { applySqlFile } from './migrate.ts';
import type { SqlFile } from './sql-file.ts';

/** Rows that ageing has changed, by what was done to them: updated, inserted, deleted. */
export type AgedRows = ReadonlyMap<string, number>;

const DONE = new Map([
  ['INSERT', 'inserted'],
  ['UPDATE', 'updated'],
  ['DELETE', 'deleted'],
  ['MERGE', 'merged'],
]);

/** @throws RunError with the place in the file when one of its statements fails */
export async function ageByFile(connection: Connection, file: SqlFile): Promise<AgedRows> {
  const rows = new Map<string, number>();
  await applySqlFile(connection, file, async (_statement, execute) => {
    const { command, rowCount } = await execute();
    const done = DONE.get(command);
    if (done) rows.set(done, (rows.get(done) ?? 0) + (rowCount ?? 0));
  });
  return rows;
}

/** Of a table: the share of its rows that are updated once. @default 0.2 */
interface AgedTable {
  name: string;
  aged?: number | undefined;
}

const AGED_SHARE = 0.2;

/**
 * Updates rows of each table, evenly by where they lie, without changing a value: the same ones in every run. Triggers of
 * the schema are kept from it, because they may change values, or other tables.
 *
 * @throws RunError naming the table, with what PostgreSQL said
 */
export async function ageByShares(connection: Connection, tables: readonly AgedTable[]): Promise<AgedRows> {
  let rows = 0;
  for (const { name, aged = AGED_SHARE } of tables)
    if (aged > 0) rows += await ageTable(connection, name, aged);
  return new Map([['updated', rows]]);
}

async function ageTable(connection: Connection, table: string, share: number): Promise<number> {
  try {
    const column = await firstUpdatable(connection, table);
    if (column === undefined) return 0;
    await connection.query('BEGIN');
    const triggers = await enabledTriggers(connection, table);
    for (const trigger of triggers) await connection.query(disabling(trigger));
    const rows = await updateShare(connection, quotedRelation(table), escapeIdentifier(column), share);
    for (const trigger of triggers) await connection.query(enabling(trigger));
    await connection.query('COMMIT');
    return rows;
  } catch (cause) {
    await connection.query('ROLLBACK').catch(() => undefined);
    throw new RunError(`Ageing table ${JSON.stringify(table)} failed: ${(cause as Error).message}`, {
      remedy: 'Name a file with updates of your own: dataset.age of the suite.',
      cause,
    });
  }
}

async function updateShare(
  connection: Connection,
  table: string,
  column: string,
  share: number,
): Promise<number> {
  const ofShard = updateOfShare('%1$s', column.replaceAll('%', '%%'), share);
  const inShards = await updateShards(connection, table, ofShard);
  return inShards ?? (await connection.query(updateOfShare(table, column, share))).rowCount ?? 0;
}

/**
 * At a share of 0.2 it is every fifth row. Functions of constraints need the search path of the schema, in which
 * somebody may have operators of the same names: ours are PostgreSQL's.
 */
const updateOfShare = (table: string, column: string, share: number): string => `
  UPDATE ${table} AS aged SET ${column} = aged.${column} WHERE EXISTS (
    SELECT FROM (
      SELECT tableoid AS part, ctid AS place, pg_catalog.row_number() OVER (
        ORDER BY tableoid USING OPERATOR(pg_catalog.<), ctid USING OPERATOR(pg_catalog.<)) AS ordinal
      FROM ${table}) AS numbered
    WHERE part OPERATOR(pg_catalog.=) aged.tableoid AND place OPERATOR(pg_catalog.=) aged.ctid
      AND pg_catalog.floor(ordinal OPERATOR(pg_catalog.*) ${share}::pg_catalog.numeric) OPERATOR(pg_catalog.>)
          pg_catalog.floor((ordinal OPERATOR(pg_catalog.-) 1) OPERATOR(pg_catalog.*) ${share}::pg_catalog.numeric))`;

const OID = `SELECT $1::pg_catalog.regclass::pg_catalog.oid AS oid`;

async function oidOf(connection: Connection, table: string): Promise<string> {
  const { rows } = await connection.query<{ oid: string }>(OID, [quotedRelation(table)]);
  return rows[0]?.oid ?? '';
}

/** A generated column and an identity that is always generated take no value. */
const UPDATABLE = `
  SELECT attname AS name FROM pg_attribute
  WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity <> 'a'
  ORDER BY attnum LIMIT 1`;

async function firstUpdatable(connection: Connection, table: string): Promise<string | undefined> {
  const rows = await askCatalog<{ name: string }>(connection, UPDATABLE, [await oidOf(connection, table)]);
  return rows[0]?.name;
}

/** With its table, quoted and with its schema. */
interface Trigger {
  table: string;
  name: string;
  /** It fires whatever `session_replication_role` is. */
  isAlways: boolean;
}

/** Those of the table and of its partitions. */
const TRIGGERS = `
  SELECT t.tgrelid::regclass::text AS "table", t.tgname AS name, t.tgenabled AS enabled
  FROM pg_trigger t
  WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled IN ('O', 'A')
    AND t.tgrelid IN (SELECT $1::oid UNION SELECT relid FROM pg_partition_tree($1::oid::regclass))
  ORDER BY 1, 2`;

async function enabledTriggers(connection: Connection, table: string): Promise<Trigger[]> {
  const oid = await oidOf(connection, table);
  const rows = await askCatalog<Record<'table' | 'name' | 'enabled', string>>(connection, TRIGGERS, [oid]);
  return rows.map((row) => ({ table: row.table, name: row.name, isAlways: row.enabled === 'A' }));
}

const disabling = ({ table, name }: Trigger): string =>
  `ALTER TABLE ${table} DISABLE TRIGGER ${escapeIdentifier(name)}`;

const enabling = ({ table, name, isAlways }: Trigger): string =>
  `ALTER TABLE ${table} ENABLE ${isAlways ? 'ALWAYS ' : ''}TRIGGER ${escapeIdentifier(name)}`;
