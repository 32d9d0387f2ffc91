import { isOfExtension, isOwnRelation, isPartOfAnother, objectText } from '../catalog-sql.ts';
import type { Kind } from './kind.ts';

/** Without those that a constraint makes. That of a partitioned table is made without its partitions' indexes. */
export const INDEXES: Kind = {
  part: 'afterRows',
  query: `
    SELECT 'pg_class:' || i.oid AS address, ${objectText('pg_class', 'i.oid')} AS object,
           pg_get_indexdef(i.oid) AS sql
    FROM pg_index x
    JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_namespace n ON n.oid = i.relnamespace AND ${isOwnRelation('n', 'i')}
    WHERE (x.indisvalid OR i.relkind = 'I') AND NOT ${isPartOfAnother('pg_class', 'i.oid')}
      AND NOT ${isOfExtension('pg_class', 'x.indrelid')}`,
};

export const INDEX_PARTITIONS: Kind = {
  part: 'afterRows',
  query: `
    SELECT NULL AS address, 'partition of ' || ${objectText('pg_class', 'p.oid')} AS object,
           format('ALTER INDEX %I.%I ATTACH PARTITION %I.%I', pn.nspname, p.relname, n.nspname, i.relname) AS sql,
           format('pg_class:%s pg_class:%s', p.oid, i.oid) AS after
    FROM pg_inherits h
    JOIN pg_class i ON i.oid = h.inhrelid AND i.relkind IN ('i', 'I')
    JOIN pg_namespace n ON n.oid = i.relnamespace AND ${isOwnRelation('n', 'i')}
    JOIN pg_class p ON p.oid = h.inhparent
    JOIN pg_namespace pn ON pn.oid = p.relnamespace`,
};

/** SQL: the table `c` and its index `i` of each row `x` of pg_index. */
const TABLE_AND_INDEX = `
  pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_class c ON c.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}`;

/** The order that CLUSTER keeps. */
export const CLUSTERING: Kind = {
  part: 'afterRows',
  query: `
    SELECT NULL AS address, 'clustering of ' || ${objectText('pg_class', 'c.oid')} AS object,
           format('ALTER TABLE %I.%I CLUSTER ON %I', n.nspname, c.relname, i.relname) AS sql,
           'pg_class:' || i.oid AS after
    FROM ${TABLE_AND_INDEX}
    WHERE x.indisclustered`,
};

export const REPLICA_IDENTITIES: Kind = {
  part: 'afterRows',
  query: `
    SELECT NULL AS address, 'replica identity of ' || ${objectText('pg_class', 'c.oid')} AS object,
           format('ALTER TABLE ONLY %I.%I REPLICA IDENTITY USING INDEX %I', n.nspname, c.relname, i.relname) AS sql,
           'pg_class:' || i.oid AS after
    FROM ${TABLE_AND_INDEX}
    WHERE x.indisreplident AND c.relreplident = 'i'
    UNION ALL
    SELECT NULL, 'replica identity of ' || ${objectText('pg_class', 'c.oid')},
           format('ALTER TABLE ONLY %I.%I REPLICA IDENTITY %s', n.nspname, c.relname,
                  CASE c.relreplident WHEN 'f' THEN 'FULL' ELSE 'NOTHING' END),
           'pg_class:' || c.oid
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    WHERE c.relkind IN ('r', 'p', 'm') AND c.relreplident IN ('f', 'n')`,
};
