import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { isUserSchema, relationTextOf } from '../../database/relations.ts';
import { FIRST_OID_OF_USERS, isPartOfAnother, objectText } from './catalog-sql.ts';
import type { LeftOut } from '../../model/source.ts';

/** What no way of reading carries over, whatever the source has of it. */
export const NEVER_CARRIED: readonly LeftOut[] = [
  { object: 'owners and privileges', reason: 'everything belongs to the role that measures' },
  { object: 'comments and security labels', reason: 'they change no plan and no row' },
  { object: 'tablespaces', reason: 'everything lies in one directory' },
];

/** Objects of one catalog that are left out. */
export interface Omission {
  catalog: string;
  /** SQL: which rows `o` of the catalog. */
  where: string;
  reason: string;
}

/** The relations that read a foreign table, however far away, and the foreign tables. */
const FOREIGN = `
  WITH RECURSIVE foreign_ones AS (
    SELECT oid FROM pg_class WHERE relkind = 'f'
    UNION
    SELECT r.ev_class FROM foreign_ones f
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = f.oid
    JOIN pg_rewrite r ON r.oid = d.objid AND r.rulename = '_RETURN'
  )
  SELECT oid FROM foreign_ones`;

/** SQL: the oids of tables that a foreign table is a partition or a child of, however far below: who reads them asks it. */
export const READING_ELSEWHERE = `
  WITH RECURSIVE above AS (
    SELECT i.inhparent AS oid FROM pg_inherits i JOIN pg_class f ON f.oid = i.inhrelid WHERE f.relkind = 'f'
    UNION
    SELECT i.inhparent FROM above JOIN pg_inherits i ON i.inhrelid = above.oid
  )
  SELECT oid FROM above`;

const ELSEWHERE = 'its rows are on another server';

export const ON_COMMANDS = 'it acts on commands, not on rows';
export const FROM_REBUILT = 'nothing is replicated from the rebuilt database';
export const INTO_REBUILT = 'nothing is replicated into the rebuilt database';
export const NO_OTHER_SERVER = 'no other server is asked for rows';

/** The wrapper without a handler that foreign servers of a restored dump have. */
export const NOWHERE = 'index_impact_nowhere';

/** Left out in both ways. */
const OMISSIONS: readonly Omission[] = [
  { catalog: 'pg_event_trigger', where: 'true', reason: ON_COMMANDS },
  { catalog: 'pg_publication', where: 'true', reason: FROM_REBUILT },
  { catalog: 'pg_foreign_data_wrapper', where: `o.fdwname <> '${NOWHERE}'`, reason: NO_OTHER_SERVER },
  { catalog: 'pg_foreign_server', where: 'true', reason: NO_OTHER_SERVER },
  { catalog: 'pg_class', where: `o.oid IN (${FOREIGN})`, reason: ELSEWHERE },
  {
    catalog: 'pg_class',
    where: `o.relkind = 'i' AND o.oid IN (SELECT indexrelid FROM pg_index WHERE NOT indisvalid)`,
    reason: 'it is invalid: an interrupted CREATE INDEX CONCURRENTLY has left it behind',
  },
  {
    catalog: 'pg_subscription',
    where: 'o.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())',
    reason: INTO_REBUILT,
  },
];

/** An object that is left out, with its address in `pg_depend`. */
export interface Omitted extends LeftOut {
  address: string;
}

/** Of a source, the objects of these omissions that are not part of another one, such as an extension. */
export async function findOmitted(
  connection: Connection,
  omissions: readonly Omission[] = OMISSIONS,
): Promise<Omitted[]> {
  const found: Omitted[] = [];
  for (const { catalog, where, reason } of omissions) {
    const rows = await askCatalog<Pick<Omitted, 'address' | 'object'>>(
      connection,
      `SELECT '${catalog}:' || o.oid AS address, ${objectText(catalog, 'o.oid')} COLLATE "C" AS object
       FROM ${catalog} o
       WHERE o.oid >= ${FIRST_OID_OF_USERS} AND ${where} AND NOT ${isPartOfAnother(catalog, 'o.oid')}
       ORDER BY object`,
    );
    found.push(...rows.map((row) => ({ ...row, reason })));
  }
  return found;
}

const FOREIGN_NAMES = `
  SELECT ${relationTextOf('n', 'c')} AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  WHERE c.oid IN (${FOREIGN})
  ORDER BY name`;

/** Foreign tables and the views that read them. */
export async function foreignRelations(connection: Connection): Promise<string[]> {
  const rows = await askCatalog<{ name: string }>(connection, FOREIGN_NAMES);
  return rows.map(({ name }) => name);
}
