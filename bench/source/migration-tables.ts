import { loadModule, parse } from 'libpg-query';
import type { Connection } from '../database/connection.ts';
import type { SqlFile } from '../database/sql-file.ts';
import { RunError } from '../model/errors.ts';
import { NamedRelations, type MadeIndex } from './named-relations.ts';
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
 * @param searchPath schemas in which names without one are looked up
 * @throws RunError where it is about none of the source, or where the indexes that it makes are there already
 */
export async function migrationTables(
  connection: Connection,
  file: SqlFile,
  searchPath: readonly string[],
): Promise<MigrationTables> {
  await loadModule();
  const named = new NamedRelations(connection, searchPath);
  const statements = statementsIn(file.text);
  if (!statements) throw await notParsed(file);
  const made = statements.flatMap(indexMadeBy);
  const there = await named.indexes(made);
  if (there.length > 0) throw alreadyApplied(file, there);
  const touched = await named.tables([...nodesIn(statements)].flatMap(namesAt));
  if (touched.length === 0) {
    throw new RunError(`${file.path} touches no table of the source`, {
      detail: 'It names neither a table nor an index that the source has.',
      remedy: 'Is it the migration of another database, or is its schema another one?',
    });
  }
  return { touched, indexedColumns: await indexedColumns(statements, named) };
}

async function indexedColumns(
  statements: readonly object[],
  named: NamedRelations,
): Promise<Map<string, string[]>> {
  const columns = new Map<string, string[]>();
  for (const { relation, names } of statements.flatMap(columnsIndexedBy)) {
    const [table = ''] = await named.tables([relation]);
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

const indexMadeBy = (statement: object): MadeIndex[] => {
  if (!('IndexStmt' in statement)) return [];
  const { idxname: index, relation } = statement.IndexStmt as IndexStatement;
  return index === undefined ? [] : relationOf({ ...relation }).map((table) => ({ ...table, index }));
};

/** RangeVars, and the lists of names that DROP, REINDEX and COMMENT take. */
const namesAt = (node: Readonly<Record<string, unknown>>): Relation[] => {
  const { List: list } = node as { List?: { items?: readonly { String?: { sval?: string } }[] } };
  const parts = (list?.items ?? []).flatMap(({ String: text }) => text?.sval ?? []);
  const [name, schema] = [parts.at(-1), parts.at(-2)];
  return [...relationOf(node), ...(name === undefined ? [] : [{ name, schema }])];
};
