import { askCatalog } from '../../../database/ask-catalog.ts';
import type { Connection } from '../../../database/connection.ts';
import type { Kind, Part, SchemaObject } from './kind.ts';
import { KINDS } from './kinds.ts';

interface Row {
  address: string | null;
  object: string;
  sql: string;
  after?: string | null;
  part?: Part | null;
}

/** Every object of a source, in the order of the kinds, and by name within each. */
export async function readObjects(connection: Connection): Promise<SchemaObject[]> {
  const objects: SchemaObject[] = [];
  for (const kind of KINDS) objects.push(...(await objectsOf(connection, kind)));
  return objects;
}

async function objectsOf(connection: Connection, { part, query }: Kind): Promise<SchemaObject[]> {
  const rows = await askCatalog<Row>(
    connection,
    `SELECT * FROM (${query}) AS made ORDER BY object COLLATE "C", sql COLLATE "C"`,
  );
  return rows.map((row) => ({
    address: row.address ?? undefined,
    object: row.object,
    sql: row.sql,
    after: row.after?.split(' ') ?? [],
    part: row.part ?? part,
  }));
}
