import { availableParallelism } from 'node:os';
import { inLanes } from '../../seed/lanes.ts';
import { askCatalog } from '../database/ask-catalog.ts';
import { checkpointAll } from '../database/checkpoint.ts';
import type { Connection } from '../database/connection.ts';
import { isUserSchema } from '../database/relations.ts';
import type { Site } from '../database/server.ts';
import { withSessionsBeside } from './sessions-beside.ts';

/** Those that VACUUM takes with all that is below them, the largest first. */
const TABLES = `
  SELECT format('%I.%I', n.nspname, c.relname) AS "table"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition
  ORDER BY (SELECT coalesce(sum(pg_table_size(part.relid)), pg_table_size(c.oid))
            FROM pg_partition_tree(c.oid) AS part) DESC, 1`;

/**
 * Freezes every row and gathers statistics, on all cores. Reading then sets no hint bit, and every plan rests on the same
 * figures. VACUUM also writes the visibility map, without which no scan is index-only.
 */
export async function settle(site: Site, connection: Connection): Promise<void> {
  const tables = (await askCatalog<{ table: string }>(connection, TABLES)).map(({ table }) => table);
  await withSessionsBeside(site, connection, availableParallelism(), (sessions) =>
    inLanes(sessions, tables, site.signal, async (session, table) => {
      await session.query(`VACUUM (FREEZE, ANALYZE) ${table}`);
    }),
  );
  await checkpointAll(site.server);
}
