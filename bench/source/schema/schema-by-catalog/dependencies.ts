import { askCatalog } from '../../../database/ask-catalog.ts';
import type { Connection } from '../../../database/connection.ts';
import { FIRST_OID_OF_USERS } from '../catalog-sql.ts';

/** Which object needs which, by their addresses. */
export interface Dependencies {
  /** What has to be there before the object at an address. */
  neededBy: (address: string) => readonly string[];
  /** The object whose statement makes what is at an address: of the type of a table's rows, the table. */
  whole: (address: string) => string;
}

/** That a sequence goes with a column is said once both are there, since the column's default may need the sequence. */
const NEEDS = `
  SELECT DISTINCT d.classid::regclass || ':' || d.objid AS dependent, d.refclassid::regclass || ':' || d.refobjid AS needed
  FROM pg_depend d
  LEFT JOIN pg_class s ON d.classid = 'pg_class'::regclass AND s.oid = d.objid AND s.relkind = 'S'
  WHERE d.objid >= ${FIRST_OID_OF_USERS} AND d.refobjid >= ${FIRST_OID_OF_USERS} AND d.deptype NOT IN ('e', 'i')
    AND (s.oid IS NULL OR d.refobjsubid = 0)
  ORDER BY dependent, needed`;

/** What one statement makes together: an internal part of an object, and what the statement for a table contains. */
const PARTS = `
  SELECT DISTINCT classid::regclass || ':' || objid AS part, refclassid::regclass || ':' || refobjid AS whole
  FROM pg_depend WHERE deptype IN ('e', 'i') AND objid >= ${FIRST_OID_OF_USERS}
  UNION
  SELECT 'pg_attrdef:' || d.oid, 'pg_class:' || d.adrelid
  FROM pg_attrdef d
  JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum AND a.attgenerated <> ''
  UNION
  SELECT 'pg_constraint:' || oid, 'pg_class:' || conrelid FROM pg_constraint
  WHERE contype = 'n' AND conrelid <> 0 AND convalidated`;

export async function readDependencies(connection: Connection): Promise<Dependencies> {
  const parts = await askCatalog<{ part: string; whole: string }>(connection, PARTS);
  const wholes = new Map(parts.map(({ part, whole }) => [part, whole]));
  const whole = (address: string): string => {
    const next = wholes.get(address);
    return next === undefined || next === address ? address : whole(next);
  };
  const needs = new Map<string, string[]>();
  for (const { dependent, needed } of await askCatalog<{ dependent: string; needed: string }>(
    connection,
    NEEDS,
  )) {
    const [from, to] = [whole(dependent), whole(needed)];
    if (from !== to) needs.set(from, [...(needs.get(from) ?? []), to]);
  }
  return { neededBy: (address) => needs.get(address) ?? [], whole };
}
