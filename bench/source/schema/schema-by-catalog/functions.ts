import { isUserSchema } from '../../../database/relations.ts';
import { isPartOfAnother, objectText } from '../catalog-sql.ts';
import type { Kind } from './kind.ts';

/** Functions and procedures. Those that a type brings with it, such as the constructors of a range, are part of it. */
export const FUNCTIONS: Kind = {
  part: 'beforeRows',
  query: `
    SELECT 'pg_proc:' || p.oid AS address, ${objectText('pg_proc', 'p.oid')} AS object,
           rtrim(pg_get_functiondef(p.oid), E'\\n') AS sql
    FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace AND ${isUserSchema('n')}
    WHERE p.prokind <> 'a' AND NOT ${isPartOfAnother('pg_proc', 'p.oid')}`,
};

/** A support function, unless there is none. */
const support = (option: string, column: string): string =>
  `'${option} = ' || nullif(a.${column}::oid, '0')::regproc`;

const modifies = (option: string, column: string): string => `
  '${option} = ' || CASE a.${column} WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END`;

const MOVING = `
  CASE WHEN a.aggmtransfn <> 0 THEN concat_ws(', ',
    ${support('MSFUNC', 'aggmtransfn')}, ${support('MINVFUNC', 'aggminvtransfn')},
    'MSTYPE = ' || format_type(a.aggmtranstype, NULL), 'MSSPACE = ' || nullif(a.aggmtransspace, 0),
    ${support('MFINALFUNC', 'aggmfinalfn')}, CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
    ${modifies('MFINALFUNC_MODIFY', 'aggmfinalmodify')}, 'MINITCOND = ' || quote_literal(a.aggminitval)) END`;

const OPTIONS = `
  concat_ws(', ',
    ${support('SFUNC', 'aggtransfn')}, 'STYPE = ' || format_type(a.aggtranstype, NULL),
    'SSPACE = ' || nullif(a.aggtransspace, 0),
    ${support('FINALFUNC', 'aggfinalfn')}, CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
    ${modifies('FINALFUNC_MODIFY', 'aggfinalmodify')},
    ${support('COMBINEFUNC', 'aggcombinefn')}, ${support('SERIALFUNC', 'aggserialfn')},
    ${support('DESERIALFUNC', 'aggdeserialfn')}, 'INITCOND = ' || quote_literal(a.agginitval),
    ${MOVING},
    (SELECT format('SORTOP = OPERATOR(%I.%s)', sn.nspname, s.oprname)
     FROM pg_operator s JOIN pg_namespace sn ON sn.oid = s.oprnamespace WHERE s.oid = a.aggsortop),
    'PARALLEL = ' || CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' ELSE 'UNSAFE' END,
    CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END)`;

export const AGGREGATES: Kind = {
  part: 'beforeRows',
  query: `
    SELECT 'pg_proc:' || p.oid AS address, ${objectText('pg_proc', 'p.oid')} AS object,
           format('CREATE AGGREGATE %I.%I(%s) (%s)', n.nspname, p.proname,
                  coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*'), ${OPTIONS}) AS sql
    FROM pg_proc p
    JOIN pg_aggregate a ON a.aggfnoid = p.oid
    JOIN pg_namespace n ON n.oid = p.pronamespace AND ${isUserSchema('n')}
    WHERE NOT ${isPartOfAnother('pg_proc', 'p.oid')}`,
};
