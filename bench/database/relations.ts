/** SQL: whether a schema (a row of `pg_namespace`) is the user's. Temporary schemas are not, nor is one that Citus makes. */
export const isUserSchema = (schema: string): string =>
  `${schema}.nspname !~ '^pg_' AND ${schema}.nspname NOT IN ('information_schema', 'columnar_internal')`;

/** SQL: the text of a relation, as `relationText` writes it. It sorts the same on every server. */
export const relationTextOf = (schema: string, relation: string): string =>
  `(CASE ${schema}.nspname WHEN 'public' THEN '' ELSE ${part(`${schema}.nspname`)} || '.' END
    || ${part(`${relation}.relname`)}) COLLATE "C"`;

const part = (column: string): string =>
  `CASE WHEN ${column} ~ '^[a-z_][a-z0-9_]*$' THEN ${column}::text
        ELSE '"' || replace(${column}, '"', '""') || '"' END`;

/** SQL: bytes of a relation with its partitions. */
export const bytesOf = (oid: string): string =>
  `coalesce((SELECT sum(pg_relation_size(part.relid)) FROM pg_partition_tree(${oid}) AS part),
            pg_relation_size(${oid}), 0)`;

/**
 * SQL: the relation that a partition is part of, at the top; any other relation itself. An index of a partition is part
 * of the partitioned index that it is attached to.
 */
export const rootOf = (oid: string): string => `coalesce(pg_partition_root(${oid})::oid, ${oid})`;
