import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { isUserSchema } from '../../database/relations.ts';
import { nodesIn } from '../../suite/statement-facts.ts';

/** Those of extensions, and those written in C, are taken to read no table of the user's. */
const FUNCTIONS = `
  SELECT DISTINCT p.proname AS name
  FROM pg_proc p
  JOIN pg_namespace n ON n.oid = p.pronamespace AND ${isUserSchema('n')}
  JOIN pg_language l ON l.oid = p.prolang AND l.lanname NOT IN ('internal', 'c')
  WHERE p.prokind IN ('f', 'p')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')`;

/** Names of the user's functions and procedures, which may read and write tables. */
export async function userFunctions(connection: Connection): Promise<ReadonlySet<string>> {
  const rows = await askCatalog<{ name: string }>(connection, FUNCTIONS);
  return new Set(rows.map(({ name }) => name));
}

/** Names, without schemas, of the functions that a tree of PostgreSQL's parser calls. */
export const functionsIn = (tree: unknown): string[] =>
  [...nodesIn(tree)].flatMap(({ funcname }) => {
    const name = Array.isArray(funcname) ? (funcname as NamePart[]).at(-1)?.String?.sval : undefined;
    return name === undefined ? [] : [name];
  });

interface NamePart {
  String?: { sval?: string };
}
