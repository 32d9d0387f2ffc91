import { loadModule } from 'libpg-query';
import { isCluster } from '../../database/cluster/nodes.ts';
import type { Connection } from '../../database/connection.ts';
import { statementsOf } from '../../database/sql-file.ts';
import { statementsIn } from '../../suite/statement-facts.ts';
import type { SourceSchema } from './source-schema.ts';

/**
 * Extensions that only a superuser can create, and that nothing in the schema depends on: they watch the server, such as
 * pg_stat_statements. A view depends on what its rule reads. Foreign servers are never carried over.
 */
const UNUSED = `
  WITH member AS (
    SELECT refobjid AS extension, classid, objid FROM pg_depend
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'),
  dependent AS (
    SELECT member.extension, CASE WHEN r.oid IS NULL THEN d.classid ELSE 'pg_class'::regclass END AS classid,
           coalesce(r.ev_class, d.objid) AS objid
    FROM member
    JOIN pg_depend d ON d.refclassid = member.classid AND d.refobjid = member.objid AND d.deptype IN ('n', 'a')
    LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid)
  SELECT e.extname AS name
  FROM pg_extension e
  LEFT JOIN pg_available_extension_versions v ON v.name = e.extname AND v.version = e.extversion
  WHERE v.trusted IS NOT TRUE AND e.extname <> 'plpgsql'
    AND NOT EXISTS (
      SELECT FROM dependent d
      WHERE d.extension = e.oid AND d.classid <> 'pg_foreign_server'::regclass
        AND NOT EXISTS (SELECT FROM member m WHERE m.classid = d.classid AND m.objid = d.objid))
  ORDER BY 1`;

/** Triggers that it has put on distributed tables depend on it. */
const CITUS = 'citus';
const OF_CLUSTERS = 'a cluster that is measured has it already, and one server does without';

const REASON = 'nothing in the schema uses it, and only a superuser can create it';

/** The schema without the extensions that it does not need. */
export async function withoutUnusedExtensions(
  connection: Connection,
  schema: SourceSchema,
): Promise<SourceSchema> {
  const { rows } = await connection.query<{ name: string }>(UNUSED);
  const unused = new Set(rows.map(({ name }) => name));
  if (await isCluster(connection)) unused.add(CITUS);
  if (unused.size === 0) return schema;
  await loadModule();
  const statements = await statementsOf({ path: 'schema', text: schema.beforeRows });
  const kept = statements.filter(({ text }) => !unused.has(extensionMadeBy(text) ?? ''));
  const leftOut = [...unused].map((name) => ({
    object: `extension ${name}`,
    reason: name === CITUS ? OF_CLUSTERS : REASON,
  }));
  return {
    ...schema,
    beforeRows: kept.map(({ text }) => `${text};\n`).join('\n'),
    leftOut: [...schema.leftOut, ...leftOut],
  };
}

function extensionMadeBy(sql: string): string | undefined {
  const [statement] = statementsIn(sql) ?? [];
  return statement && 'CreateExtensionStmt' in statement ? statement.CreateExtensionStmt.extname : undefined;
}
