import type { CatalogRelation } from '../catalog.ts';
import { columnName } from '../parameters/tree.ts';
import type { Use } from '../parameters/use.ts';
import { isOfFewValues } from './few-values.ts';

type Constant = Extract<Use, { kind: 'constant' }>;

/**
 * The literals that a write keeps. What `'open'` costs in a partial index, another row's status does not. Where a column
 * has many values, belongs to a key or refers to another table, a literal is one of many, and a write that has the same
 * one each time would be another write.
 *
 * @param literals by the number of the parameter that takes their place
 */
export const keptLiterals = (
  uses: readonly Use[],
  table: CatalogRelation,
  literals: ReadonlyMap<number, string>,
): Constant[] =>
  uses.flatMap((use) => {
    const sql = literals.get(use.number);
    const isKept = use.kind === 'constant' || isOfFewValues(nameOf(use), table);
    return sql !== undefined && isKept ? [constantOf(use, sql)] : [];
  });

const constantOf = (use: Use, sql: string): Constant => ({
  ...{ kind: 'constant', number: use.number, sql },
  what: use.kind === 'constant' ? use.what : `${nameOf(use)}, which has few values,`,
});

const nameOf = (use: Use): string => (use.kind === 'constant' ? '' : columnName(use.of));
