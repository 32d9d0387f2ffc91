import { FIRST_OID_OF_USERS, isPartOfAnother } from '../catalog-sql.ts';
import { flag, list, ownIn, type ComparedKind } from './compared-kind.ts';

const FUNCTIONS: ComparedKind = {
  catalog: 'pg_proc',
  rows: `${ownIn('pg_proc', 'pronamespace')} WHERE o.prokind <> 'a'`,
  definition: 'pg_get_functiondef(o.oid)',
};

const AGGREGATES: ComparedKind = {
  catalog: 'pg_proc',
  rows: `${ownIn('pg_proc', 'pronamespace')} JOIN pg_aggregate a ON a.aggfnoid = o.oid`,
  definition: list(
    `(to_jsonb(a) - '{aggfnoid,aggtranstype,aggmtranstype,aggsortop}'::text[])::text`,
    'format_type(a.aggtranstype, NULL)',
    `format_type(nullif(a.aggmtranstype, '0'), NULL)`,
    'a.aggsortop::regoperator',
    'o.proparallel',
  ),
};

const OPERATORS: ComparedKind = {
  catalog: 'pg_operator',
  rows: `${ownIn('pg_operator', 'oprnamespace')} WHERE o.oprcode <> 0`,
  definition: list(
    'o.oprcode',
    'o.oprcom::regoperator',
    'o.oprnegate::regoperator',
    'o.oprrest',
    'o.oprjoin',
    flag('o.oprcanhash', 'hashes'),
    flag('o.oprcanmerge', 'merges'),
  ),
};

const CASTS: ComparedKind = {
  catalog: 'pg_cast',
  rows: `WHERE o.oid >= ${FIRST_OID_OF_USERS} AND NOT ${isPartOfAnother('pg_cast', 'o.oid')}`,
  definition: list('o.castfunc::regprocedure', 'o.castcontext', 'o.castmethod'),
};

/** That they are there. */
const CLASSES: readonly ComparedKind[] = [
  { catalog: 'pg_opclass', rows: ownIn('pg_opclass', 'opcnamespace'), definition: `''` },
  { catalog: 'pg_opfamily', rows: ownIn('pg_opfamily', 'opfnamespace'), definition: `''` },
  { catalog: 'pg_conversion', rows: ownIn('pg_conversion', 'connamespace'), definition: `''` },
];

export const CODE: readonly ComparedKind[] = [FUNCTIONS, AGGREGATES, OPERATORS, CASTS, ...CLASSES];
