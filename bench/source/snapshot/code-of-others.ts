import type { Connection } from '../../database/connection.ts';
import { askCatalog } from '../../database/ask-catalog.ts';
import { factsOf, nodesIn, statementsIn } from '../../suite/statement-facts.ts';
import { functionsIn } from '../statements/user-functions.ts';

/**
 * Names, without schemas, of what may have code of another role run while a statement is planned: PostgreSQL evaluates
 * functions on constants then (src/backend/optimizer/util/clauses.c, `estimate_expression_value`), with the rights of who
 * asks for the plan. A superuser's code, and the role's own, count as trusted.
 */
export interface CodeOfOthers {
  functions: ReadonlySet<string>;
  operators: ReadonlySet<string>;
  /** Tables and views whose definitions have some, and foreign tables, whose servers may be asked. */
  relations: ReadonlySet<string>;
  types: ReadonlySet<string>;
  hasCasts: boolean;
}

const CODE = `
  WITH RECURSIVE
  others AS (
    SELECT oid FROM pg_roles WHERE NOT rolsuper AND rolname <> current_user),
  functions AS (
    SELECT oid, proname FROM pg_proc WHERE proowner IN (SELECT oid FROM others)),
  operators AS (
    SELECT oid, oprname FROM pg_operator WHERE oprcode IN (SELECT oid FROM functions)),
  parts AS (
    SELECT classid, objid FROM pg_depend
    WHERE refclassid = 'pg_proc'::regclass AND refobjid IN (SELECT oid FROM functions)
       OR refclassid = 'pg_operator'::regclass AND refobjid IN (SELECT oid FROM operators)),
  constraints AS (
    SELECT c.conrelid, c.contypid FROM pg_constraint c JOIN parts ON classid = 'pg_constraint'::regclass AND objid = c.oid),
  types AS (
    SELECT oid, typname FROM pg_type
    WHERE oid IN (SELECT contypid FROM constraints)
       OR typrelid IN (SELECT attrelid FROM pg_attribute WHERE atttypid IN (SELECT contypid FROM constraints))
       OR typowner IN (SELECT oid FROM others) AND typtype IN ('d', 'c', 'r', 'm') AND typrelid NOT IN (
         SELECT oid FROM pg_class WHERE relkind <> 'c')),
  named_types AS (
    SELECT oid, typname FROM types
    UNION SELECT oid, typname FROM pg_type WHERE typelem IN (SELECT oid FROM types) AND typcategory = 'A'),
  relations AS (
    SELECT ev_class AS oid FROM pg_rewrite r JOIN parts ON classid = 'pg_rewrite'::regclass AND objid = r.oid
    UNION SELECT adrelid FROM pg_attrdef a JOIN parts ON classid = 'pg_attrdef'::regclass AND objid = a.oid
    UNION SELECT polrelid FROM pg_policy p JOIN parts ON classid = 'pg_policy'::regclass AND objid = p.oid
    UNION SELECT conrelid FROM constraints
    UNION SELECT indrelid FROM pg_index JOIN parts ON classid = 'pg_class'::regclass AND objid = indexrelid
    UNION SELECT attrelid FROM pg_attribute WHERE atttypid IN (SELECT contypid FROM constraints)
    UNION SELECT oid FROM pg_class WHERE relkind = 'f'
    UNION SELECT CASE WHEN d.classid = 'pg_rewrite'::regclass THEN r.ev_class ELSE i.inhparent END
    FROM relations
    LEFT JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = relations.oid
    LEFT JOIN pg_rewrite r ON r.oid = d.objid
    LEFT JOIN pg_inherits i ON i.inhrelid = relations.oid
    WHERE r.ev_class IS NOT NULL OR i.inhparent IS NOT NULL)
  SELECT array_to_json(array(SELECT proname FROM functions)) AS functions,
         array_to_json(array(SELECT oprname FROM operators)) AS operators,
         array_to_json(array(SELECT typname FROM named_types)) AS types,
         array_to_json(array(SELECT c.relname FROM relations JOIN pg_class c USING (oid))) AS relations,
         EXISTS (SELECT FROM pg_cast WHERE castfunc IN (SELECT oid FROM functions)) AS "hasCasts"`;

export async function codeOfOthers(connection: Connection): Promise<CodeOfOthers> {
  type Row = Record<'functions' | 'operators' | 'relations' | 'types' | 'hasCasts', string>;
  const [row] = await askCatalog<Row>(connection, CODE);
  const names = (kind: Exclude<keyof Row, 'hasCasts'>): Set<string> =>
    new Set(JSON.parse(row?.[kind] ?? '[]') as string[]);
  return {
    functions: names('functions'),
    operators: names('operators'),
    relations: names('relations'),
    types: names('types'),
    hasCasts: row?.hasCasts === 't',
  };
}

/** Of PostgreSQL's own functions that may be evaluated while planning, those that read tables, or check values of a type that a text names. */
const READING = /^(table|schema|database|query|cursor)_to_xml|^pg_input_/;

/** Written without a name: IN, BETWEEN, CASE, JOIN ... USING. */
const UNNAMED = ['=', '<>', '<', '<=', '>', '>='];

/** What planning a statement may run that is of another role; undefined where it runs nothing of the kind. */
export function otherCodeIn(sql: string, code: CodeOfOthers): string | undefined {
  const { functions, operators, relations, types, hasCasts } = code;
  if (functions.size + relations.size + types.size === 0) return undefined;
  if (hasCasts) return 'a cast';
  if (UNNAMED.some((name) => operators.has(name))) return 'an operator';
  const [facts, statements] = [factsOf(sql), statementsIn(sql)];
  if (!facts || !statements) return 'something that cannot be read in it';
  const called = functionsIn(statements).find((name) => functions.has(name) || READING.test(name));
  if (called !== undefined) return `the function ${called}`;
  const relation = facts.relations.find(({ name }) => relations.has(name));
  if (relation) return `what ${relation.name} is defined by`;
  const named = namesIn(statements);
  if (named.some((name) => operators.has(name))) return 'an operator';
  if (named.some((name) => types.has(name))) return 'what a type is defined by';
  return undefined;
}

/** Names of types and operators, without schemas. */
const namesIn = (tree: unknown): string[] =>
  [...nodesIn(tree)].flatMap(({ name, names, operName, useOp }) =>
    [name, names, operName, useOp].flatMap((parts) => lastOf(parts) ?? []),
  );

function lastOf(parts: unknown): string | undefined {
  if (!Array.isArray(parts)) return undefined;
  return (parts as { String?: { sval?: string } }[]).at(-1)?.String?.sval;
}
