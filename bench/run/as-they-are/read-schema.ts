import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { isUserSchema, relationTextOf } from '../../database/relations.ts';

/** SQL: not a part of an extension, which the extension's version describes. */
const isOwn = (catalog: string, oid: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend WHERE classid = '${catalog}'::regclass AND objid = ${oid} AND deptype = 'e')`;

const OF_RELATION = `
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')} AND ${isOwn('pg_class', 'c.oid')}`;
const relation = relationTextOf('n', 'c');
const kind = `CASE c.relkind WHEN 'v' THEN 'the view ' WHEN 'm' THEN 'the materialized view ' ELSE 'the table ' END || ${relation}`;

/** A query for each kind of part: what it is, and all of it that bears on rows, plans, sizes or times, but for indexes. */
const PARTS = [
  `SELECT ${kind},
          concat_ws(' ', c.relkind, c.relpersistence, c.reloptions::text, CASE WHEN c.relrowsecurity THEN 'ROW SECURITY' END,
                    CASE WHEN c.relforcerowsecurity THEN 'FORCED' END, CASE WHEN NOT c.relispopulated THEN 'WITH NO DATA' END,
                    CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END)
   FROM pg_class c ${OF_RELATION} WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f')`,
  `SELECT 'the column ' || ${relation} || '.' || quote_ident(attname),
          concat_ws(' ', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'NOT NULL' END,
                    nullif(attgenerated, ''), nullif(attidentity, ''), pg_get_expr(adbin, adrelid), attstorage,
                    nullif(attcompression, ''), nullif(attstattarget, -1), attoptions::text,
                    (SELECT collname FROM pg_collation WHERE oid = attcollation AND collname <> 'default'))
   FROM pg_class c ${OF_RELATION}
   JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
   LEFT JOIN pg_attrdef d ON adrelid = c.oid AND adnum = attnum
   WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f')`,
  `SELECT 'the constraint ' || quote_ident(conname) || ' of ' || ${relation}, pg_get_constraintdef(k.oid)
   FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid ${OF_RELATION} WHERE k.contype IN ('c', 'f')`,
  `SELECT 'the trigger ' || quote_ident(tgname) || ' of ' || ${relation}, concat_ws(' ', tgenabled, pg_get_triggerdef(t.oid))
   FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid ${OF_RELATION} WHERE NOT tgisinternal`,
  `SELECT 'the rule ' || quote_ident(rulename) || ' of ' || ${relation}, pg_get_ruledef(r.oid)
   FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class ${OF_RELATION} WHERE rulename <> '_RETURN'`,
  `SELECT 'the policy ' || quote_ident(polname) || ' of ' || ${relation},
          concat_ws(' ', polcmd, polpermissive, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
   FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid ${OF_RELATION}`,
  `SELECT 'the statistics ' || quote_ident(stxname) || ' of ' || ${relation}, pg_get_statisticsobjdef(s.oid)
   FROM pg_statistic_ext s JOIN pg_class c ON c.oid = s.stxrelid ${OF_RELATION}`,
  `SELECT 'the function ' || quote_ident(n.nspname) || '.' || quote_ident(proname) || '('
            || pg_get_function_identity_arguments(f.oid) || ')', pg_get_functiondef(f.oid)
   FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace AND ${isUserSchema('n')} AND ${isOwn('pg_proc', 'f.oid')}
   WHERE prokind IN ('f', 'p', 'w')`,
];

/** A text for each part of a database's schema but its indexes, and the constraints that they carry out. */
export async function readSchema(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const parts = new Map<string, string>();
  for (const sql of PARTS) {
    const asked = `SELECT * FROM (${sql}) AS parts (part, text)`;
    const found = await askCatalog<{ part: string; text: string | null }>(connection, asked);
    for (const { part, text } of found) parts.set(part, text ?? '');
  }
  return parts;
}
