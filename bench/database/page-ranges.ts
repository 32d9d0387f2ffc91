import type { Connection } from './connection.ts';

/** Some neighbouring pages of one relation: a table, an index, a TOAST table, or one of their maps. */
export interface PageRange {
  /** Quoted and with its schema. */
  relation: string;
  fork: string;
  firstBlock: number;
  lastBlock: number;
}

/** 2 MB: short enough that neither of two databases is far ahead of the other. */
const PACK_BLOCKS = 256;

/** An index of a TOAST table belongs to the table whose values are in there. */
const ranges = (condition: string): string => `
  SELECT relation, fork, first AS "firstBlock", least(first + ${PACK_BLOCKS}, blocks) - 1 AS "lastBlock"
  FROM (
    SELECT coalesce(toasted.oid, indexed.indrelid, c.oid)::regclass::text AS "table",
           c.oid::regclass::text AS relation, fork,
           pg_relation_size(c.oid, fork) / current_setting('block_size')::bigint AS blocks
    FROM pg_class c
    LEFT JOIN pg_index indexed ON indexed.indexrelid = c.oid
    LEFT JOIN pg_class toasted ON toasted.reltoastrelid = coalesce(indexed.indrelid, c.oid)
    CROSS JOIN unnest(ARRAY['main', 'fsm', 'vm']) AS fork
    WHERE NOT c.relisshared AND c.relpersistence <> 't' AND ${condition}) AS forks
  CROSS JOIN LATERAL generate_series(0, blocks - 1, ${PACK_BLOCKS}) AS first
  ORDER BY "table" COLLATE "C", relation COLLATE "C", fork COLLATE "C", first`;

/** Every page of the database, its catalogs included: those of a table together, with its TOAST and indexes. */
export const EVERY_PAGE = ranges('true');

/** The pages of those tables that a session can read. */
export const TABLE_PAGES = ranges(`
  fork = 'main' AND c.relkind IN ('r', 'm') AND c.relispopulated AND has_table_privilege(c.oid, 'SELECT')`);

/** The pages of the session's database, packed: each pack has 2 MB at most, and is read in one go. */
export async function packsOf(connection: Connection, which: string): Promise<PageRange[][]> {
  const { rows } = await connection.query<Record<keyof PageRange, string>>(which);
  return packed(
    rows.map((row) => ({ ...row, firstBlock: Number(row.firstBlock), lastBlock: Number(row.lastBlock) })),
  );
}

function packed(all: readonly PageRange[]): PageRange[][] {
  const packs: PageRange[][] = [];
  let blocksLeft = 0;
  for (const range of all) {
    const blocks = range.lastBlock - range.firstBlock + 1;
    if (blocks <= blocksLeft) packs.at(-1)?.push(range);
    else packs.push([range]);
    blocksLeft = (blocks <= blocksLeft ? blocksLeft : PACK_BLOCKS) - blocks;
  }
  return packs;
}
