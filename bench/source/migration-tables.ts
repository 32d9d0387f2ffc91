import { loadModule, parse } from 'libpg-query';
import type { Connection } from '../database/connection.ts';
import { isUserSchema, relationTextOf, rootOf } from '../database/relations.ts';
import type { SqlFile } from '../database/sql-file.ts';
import { RunError } from '../model/errors.ts';
import { nodesIn, relationOf, statementsIn, type Relation } from '../suite/statement-facts.ts';

/** What a migration has to do with the source. */
export interface MigrationTables {
  /** Tables that it names, by itself or by one of their indexes; partitions as the table that they are part of. */
  touched: readonly string[];
  /** The columns of the indexes that it makes, by table. */
  indexedColumns: ReadonlyMap<string, readonly string[]>;
}

/**
 * Finds the tables that a migration is about.
 *
 * @throws RunError where it is about none of the source, or where the indexes that it makes are there already
 */
export async function migrationTables(connection: Connection, file: SqlFile): Promise<MigrationTables> {
  await loadModule();
  const statements = statementsIn(file.text);
  if (!statements) throw await notParsed(file);
  const made = statements.flatMap(indexMadeBy);
  const there = await indexesNamed(connection, made);
  if (there.length > 0) throw alreadyApplied(file, there);
  const touched = await tablesNamed(connection, [...nodesIn(statements)].flatMap(namesAt));
  if (touched.length === 0) {
    throw new RunError(`${file.path} touches no table of the source`, {
      detail: 'It names neither a table nor an index that the source has.',
      remedy: 'Is it the migration of another database, or is its schema another one?',
    });
  }
  return { touched, indexedColumns: await indexedColumns(connection, statements) };
}

async function indexedColumns(
  connection: Connection,
  statements: readonly object[],
): Promise<Map<string, string[]>> {
  const columns = new Map<string, string[]>();
  for (const { relation, names } of statements.flatMap(columnsIndexedBy)) {
    const [table = ''] = await tablesNamed(connection, [relation]);
    columns.set(table, [...(columns.get(table) ?? []), ...names]);
  }
  return columns;
}

function columnsIndexedBy(statement: object): { relation: Relation; names: string[] }[] {
  if (!('IndexStmt' in statement)) return [];
  const { relation, indexParams = [] } = statement.IndexStmt as IndexStatement;
  const names = indexParams.flatMap(({ IndexElem }) => IndexElem?.name ?? []);
  return relation ? relationOf({ ...relation }).map((one) => ({ relation: one, names })) : [];
}

interface IndexStatement {
  idxname?: string;
  relation?: { relname?: string; schemaname?: string };
  indexParams?: readonly { IndexElem?: { name?: string } }[];
}

async function notParsed({ path, text }: SqlFile): Promise<RunError> {
  const { message } = await parse(text).then(
    () => new Error(),
    (error: unknown) => error as Error,
  );
  return new RunError(`${path} is no SQL that PostgreSQL can parse: ${message}`, {
    remedy: 'Commands of psql, and COPY with its rows, are no part of a migration that is measured.',
  });
}

const alreadyApplied = ({ path }: SqlFile, indexes: readonly string[]): RunError =>
  new RunError(`${path} is already applied: the source has ${indexes.join(', ')}`, {
    remedy: 'Try it on a copy of the database without them, or take what is there out of the file.',
  });

const indexMadeBy = (statement: object): Relation[] => {
  if (!('IndexStmt' in statement)) return [];
  const { idxname, relation } = statement.IndexStmt as IndexStatement;
  return idxname === undefined ? [] : [{ name: idxname, schema: relation?.schemaname }];
};

/** RangeVars, and the lists of names that DROP, REINDEX and COMMENT take. */
const namesAt = (node: Readonly<Record<string, unknown>>): Relation[] => {
  const { List: list } = node as { List?: { items?: readonly { String?: { sval?: string } }[] } };
  const parts = (list?.items ?? []).flatMap(({ String: text }) => text?.sval ?? []);
  const [name, schema] = [parts.at(-1), parts.at(-2)];
  return [...relationOf(node), ...(name === undefined ? [] : [{ name, schema }])];
};

const NAMED = `
  FROM json_to_recordset($1) AS wanted (name text, schema text)
  JOIN pg_class c ON c.relname = wanted.name
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
    AND (wanted.schema IS NULL OR n.nspname = wanted.schema)`;

async function indexesNamed(connection: Connection, names: readonly Relation[]): Promise<string[]> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT DISTINCT ${relationTextOf('n', 'c')} AS name ${NAMED} WHERE c.relkind IN ('i', 'I') ORDER BY 1`,
    [JSON.stringify(names)],
  );
  return rows.map(({ name }) => name);
}

async function tablesNamed(connection: Connection, names: readonly Relation[]): Promise<string[]> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT DISTINCT ${relationTextOf('rn', 'r')} AS name ${NAMED}
     LEFT JOIN pg_index x ON x.indexrelid = c.oid
     JOIN pg_class r ON r.oid = ${rootOf('coalesce(x.indrelid, c.oid)')}
     JOIN pg_namespace rn ON rn.oid = r.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm', 'i', 'I') ORDER BY 1`,
    [JSON.stringify(names)],
  );
  return rows.map(({ name }) => name);
}
