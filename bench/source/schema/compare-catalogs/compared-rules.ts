import { isUserSchema } from '../../../database/relations.ts';
import { isOwnTrigger } from '../catalog-sql.ts';
import { flag, list, onRelation, ownIn, type ComparedKind } from './compared-kind.ts';

const CONSTRAINT = 'pg_get_constraintdef(o.oid)';

const ON_DOMAIN = `
  JOIN pg_type t ON t.oid = o.contypid
  JOIN pg_namespace n ON n.oid = t.typnamespace AND ${isUserSchema('n')}`;

/** PostgreSQL makes the foreign keys of partitions from that of their table, under names of its own. */
const CONSTRAINTS: ComparedKind = {
  catalog: 'pg_constraint',
  relation: 'o.conrelid',
  rows: `${onRelation('conrelid')}
         WHERE o.contype NOT IN ('n', 't') AND NOT (o.contype = 'f' AND o.conparentid <> 0)`,
  definition: list(CONSTRAINT, `'on ' || c.oid::regclass`),
};

const DOMAIN_CONSTRAINTS: ComparedKind = {
  catalog: 'pg_constraint',
  rows: `${ON_DOMAIN} WHERE o.contype <> 'n'`,
  definition: CONSTRAINT,
};

/** The catalog has them from 18 on, those of domains from 17 on. */
const NOT_NULLS: ComparedKind = {
  catalog: 'pg_constraint',
  relation: 'o.conrelid',
  rows: `${onRelation('conrelid')} WHERE o.contype = 'n'`,
  definition: CONSTRAINT,
  acrossMajors: 'nothing',
};

const NOT_NULLS_OF_DOMAINS: ComparedKind = {
  catalog: 'pg_constraint',
  rows: `${ON_DOMAIN} WHERE o.contype = 'n'`,
  definition: CONSTRAINT,
  acrossMajors: 'nothing',
};

const TRIGGERS: ComparedKind = {
  catalog: 'pg_trigger',
  relation: 'o.tgrelid',
  rows: `${onRelation('tgrelid')} WHERE ${isOwnTrigger('o')}`,
  definition: list('pg_get_triggerdef(o.oid)', `'fires ' || o.tgenabled::text`),
};

const RULES: ComparedKind = {
  catalog: 'pg_rewrite',
  relation: 'o.ev_class',
  rows: `${onRelation('ev_class')} WHERE o.rulename <> '_RETURN'`,
  definition: list('pg_get_ruledef(o.oid)', `'fires ' || o.ev_enabled::text`),
  acrossMajors: 'presence',
};

const POLICIES: ComparedKind = {
  catalog: 'pg_policy',
  relation: 'o.polrelid',
  rows: onRelation('polrelid'),
  definition: list(
    `'for ' || o.polcmd::text`,
    flag('NOT o.polpermissive', 'restrictive'),
    `'using ' || pg_get_expr(o.polqual, o.polrelid)`,
    `'check ' || pg_get_expr(o.polwithcheck, o.polrelid)`,
  ),
};

const STATISTICS_OBJECTS: ComparedKind = {
  catalog: 'pg_statistic_ext',
  rows: ownIn('pg_statistic_ext', 'stxnamespace'),
  definition: list('pg_get_statisticsobjdef(o.oid)', `'statistics ' || nullif(o.stxstattarget, -1)`),
};

export const RULES_OF_TABLES: readonly ComparedKind[] = [
  CONSTRAINTS,
  DOMAIN_CONSTRAINTS,
  NOT_NULLS,
  NOT_NULLS_OF_DOMAINS,
  TRIGGERS,
  RULES,
  POLICIES,
  STATISTICS_OBJECTS,
];
