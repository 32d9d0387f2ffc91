import { DatabaseError } from 'pg';
import type { AuditFinding, AuditOutcome } from '../model/audit.ts';
import { bytes as bytesText } from '../format/quantity.ts';
import type { Connection } from '../database/connection.ts';
import { isUserSchema } from '../database/relations.ts';

/** pgstatindex reads the whole index. */
const LARGEST = 256 * 1024 ** 2;
/** Smaller indexes are mostly empty by nature; a rebuild gains nothing. */
const SMALLEST = 64 * 1024;
/** In percent. A new B-tree fills 90 % of its leaf pages; below this value, half of it is empty. */
const LOW_DENSITY = 50;

const FUNCTION_SCHEMA = `
  SELECT quote_ident(n.nspname) AS schema
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
  WHERE e.extname = 'pgstattuple'`;

const BTREES = `
  SELECT i.oid, format('%I.%I', n.nspname, i.relname) AS name, pg_relation_size(i.oid) AS bytes
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_namespace n ON n.oid = i.relnamespace
  JOIN pg_am m ON m.oid = i.relam
  WHERE m.amname = 'btree' AND i.relkind = 'i' AND x.indisvalid AND ${isUserSchema('n')}
    AND pg_relation_size(i.oid) > ${SMALLEST}
  ORDER BY 3 DESC, 2`;

type Btree = Record<'oid' | 'name' | 'bytes', string>;

/**
 * B-trees whose leaf pages are mostly empty.
 *
 * @param largest bytes of the largest index that is read
 */
export async function bloatedIndexes(connection: Connection, largest = LARGEST): Promise<AuditOutcome> {
  const extension = await connection.query<{ schema: string }>(FUNCTION_SCHEMA);
  const schema = extension.rows[0]?.schema;
  if (schema === undefined) {
    return { state: 'not checked', reason: 'the extension pgstattuple is not installed in this database' };
  }
  const { rows } = await connection.query<Btree>(BTREES);
  const findings: AuditFinding[] = [];
  const notes: string[] = [];
  for (const index of rows) {
    if (Number(index.bytes) > largest) notes.push(tooLarge(index, largest));
    else {
      const density = await leafDensity(connection, schema, index);
      if (typeof density === 'string') notes.push(density);
      else if (density < LOW_DENSITY) findings.push(bloated(index, density));
    }
  }
  return { state: 'checked', findings, notes };
}

/** Percent; NaN for an index without entries; or the reason why it could not be read. */
async function leafDensity(
  connection: Connection,
  schema: string,
  { oid, name }: Btree,
): Promise<number | string> {
  try {
    const { rows } = await connection.query<{ density: string }>(
      `SELECT avg_leaf_density AS density FROM ${schema}.pgstatindex($1::regclass)`,
      [oid],
    );
    return Number(rows[0]?.density ?? NaN);
  } catch (error) {
    // Without the right to the function, PostgreSQL refuses every index.
    if (!(error instanceof DatabaseError) || error.code === '42501') throw error;
    return `Not measured: ${name} (${error.message}).`;
  }
}

const tooLarge = ({ name, bytes }: Btree, largest: number): string =>
  `Not measured: ${name} (${bytesText(Number(bytes))}; more than ${bytesText(largest)} is too much to read).`;

const bloated = ({ name, bytes }: Btree, density: number): AuditFinding => ({
  what: name,
  bytes: Number(bytes),
  why: `its leaf pages are ${density.toFixed(0)} % full; a new one's are 90 %`,
  statement: `REINDEX INDEX CONCURRENTLY ${name};`,
});
