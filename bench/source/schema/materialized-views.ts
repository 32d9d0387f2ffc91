import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { relationTextOf } from '../../database/relations.ts';
import { isOwnRelation, objectText } from './catalog-sql.ts';
import type { LeftOut } from '../../model/source.ts';

/** One that reads another has more of them below it than the other has. */
const IN_ORDER = `
  WITH RECURSIVE reads AS (
    SELECT r.ev_class AS view, d.refobjid AS relation
    FROM pg_rewrite r
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
    WHERE r.rulename = '_RETURN'
  ), below AS (
    SELECT view, relation FROM reads
    UNION
    SELECT below.view, reads.relation FROM below JOIN reads ON reads.view = below.relation
  )
  SELECT ${relationTextOf('n', 'c')} AS name, ${objectText('pg_class', 'c.oid')} AS object
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
  WHERE c.relkind = 'm' AND c.relispopulated
  ORDER BY (SELECT count(*) FROM below JOIN pg_class b ON b.oid = below.relation AND b.relkind = 'm'
            WHERE below.view = c.oid), name`;

/** The materialized views that have rows, each behind those that it reads, directly or through views. */
export async function materializedViewsInOrder(
  connection: Connection,
  leftOut: readonly LeftOut[],
): Promise<string[]> {
  const rows = await askCatalog<{ name: string; object: string }>(connection, IN_ORDER);
  const gone = new Set(leftOut.map(({ object }) => object));
  return rows.filter(({ object }) => !gone.has(object)).map(({ name }) => name);
}
