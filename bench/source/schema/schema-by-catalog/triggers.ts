import { isOwnRelation, isOwnTrigger, objectText } from '../catalog-sql.ts';
import type { Kind } from './kind.ts';

/** PostgreSQL makes those of partitions from that of their table, and those of foreign keys. */
export const TRIGGERS: Kind = {
  part: 'afterRows',
  query: `
    SELECT 'pg_trigger:' || t.oid AS address, ${objectText('pg_trigger', 't.oid')} AS object,
           pg_get_triggerdef(t.oid) AS sql
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    WHERE NOT t.tgisinternal AND t.tgparentid = 0`,
};

/** SQL: the statement for a trigger or rule of table `c` that does not fire as it does by default. */
const firing = (what: string, state: string, name: string): string => `
  format('ALTER TABLE ONLY %I.%I %s ${what} %I', n.nspname, c.relname,
         CASE ${state} WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, ${name})`;

/** Each partition may have its own. */
export const TRIGGER_STATES: Kind = {
  part: 'afterRows',
  query: `
    SELECT NULL AS address, 'state of ' || ${objectText('pg_trigger', 't.oid')} AS object,
           ${firing('TRIGGER', 't.tgenabled', 't.tgname')} AS sql,
           concat_ws(' ', 'pg_trigger:' || t.oid,
                     (SELECT string_agg('pg_trigger:' || above.oid, ' ')
                      FROM pg_partition_ancestors(c.oid) AS a
                      JOIN pg_trigger above ON above.tgrelid = a.relid AND above.tgname = t.tgname)) AS after
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    WHERE t.tgenabled <> 'O' AND ${isOwnTrigger('t')}`,
};

/** Without the rules that make views what they are. */
export const RULES: Kind = {
  part: 'afterRows',
  query: `
    SELECT 'pg_rewrite:' || r.oid AS address, ${objectText('pg_rewrite', 'r.oid')} AS object,
           concat_ws(E';\\n', rtrim(pg_get_ruledef(r.oid), ';'),
                     CASE WHEN r.ev_enabled <> 'O' THEN ${firing('RULE', 'r.ev_enabled', 'r.rulename')} END) AS sql
    FROM pg_rewrite r
    JOIN pg_class c ON c.oid = r.ev_class
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    WHERE r.rulename <> '_RETURN'`,
};
