import { isUserSchema } from '../../../database/relations.ts';
import type { Omission } from '../left-out.ts';

const COMPILED = "it is compiled code, whose file the rebuilt database's server does not have";
const ONLY_PG_DUMP = 'PostgreSQL has no function that prints it: only pg_dump carries it over';

const ownSchema = (column: string): string =>
  `o.${column} IN (SELECT n.oid FROM pg_namespace n WHERE ${isUserSchema('n')})`;

/** What the catalog's way does not write, and what pg_dump does. */
export const NOT_WRITTEN: readonly Omission[] = [
  {
    catalog: 'pg_proc',
    where: `${ownSchema('pronamespace')} AND o.prokind <> 'a' AND o.prolang IN (SELECT oid FROM pg_language WHERE lanname IN ('c', 'internal'))`,
    reason: COMPILED,
  },
  {
    catalog: 'pg_type',
    where: `${ownSchema('typnamespace')} AND o.typtype = 'b' AND o.typelem = 0`,
    reason: COMPILED,
  },
  {
    catalog: 'pg_type',
    where: `${ownSchema('typnamespace')} AND o.typtype = 'p'`,
    reason: 'it is the name of a type that was never made',
  },
  {
    catalog: 'pg_type',
    where: `o.oid IN (SELECT rngtypid FROM pg_range WHERE rngcanonical <> 0)`,
    reason: ONLY_PG_DUMP,
  },
  { catalog: 'pg_language', where: 'true', reason: COMPILED },
  { catalog: 'pg_am', where: 'true', reason: COMPILED },
  { catalog: 'pg_ts_parser', where: 'true', reason: COMPILED },
  { catalog: 'pg_ts_template', where: 'true', reason: COMPILED },
  { catalog: 'pg_opclass', where: 'true', reason: ONLY_PG_DUMP },
  { catalog: 'pg_opfamily', where: 'true', reason: ONLY_PG_DUMP },
  { catalog: 'pg_conversion', where: 'true', reason: ONLY_PG_DUMP },
  { catalog: 'pg_transform', where: 'true', reason: ONLY_PG_DUMP },
];
