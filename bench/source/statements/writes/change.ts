import type { Node } from 'libpg-query';
import { escapeIdentifier } from 'pg';
import { quotedRelation } from '../../../model/relation.ts';
import type { CatalogRelation, SourceCatalog } from '../catalog.ts';
import { ScopeColumns } from '../parameters/columns.ts';
import { drawOf, itemsSql } from '../parameters/key-query.ts';
import { levelsOf, type Levels } from '../parameters/levels.ts';
import type { Scope } from '../parameters/scopes.ts';
import { as, sqlOf } from '../parameters/tree.ts';
import type { DrawnUse } from '../parameters/use.ts';
import { changedRows, type Change } from './changed-rows.ts';
import { isOfFewValues } from './few-values.ts';
import { assignedIn, isConstant, isOnceOnly } from './once-only.ts';
import type { ResolvedWrite } from './resolved-write.ts';
import { jsonArray } from './targets.ts';

/**
 * An UPDATE or DELETE finds existing rows, spread over the table; what it sets is what another row has.
 *
 * @param statement an UPDATE or a DELETE
 * @throws Unresolved
 */
export function resolvedChange(
  statement: Node,
  table: CatalogRelation,
  catalog: SourceCatalog,
): ResolvedWrite {
  const levels = levelsOf(statement, catalog);
  const own = levels.scopes.at(-1);
  if (!own) throw new Error('an UPDATE or a DELETE has a level of its own');
  const inner = drawOf(levels.scopes.slice(0, -1), catalog, 'median');
  const values = new Map(inner.values);
  for (const use of own.uses) if (use.kind === 'constant') values.set(use.number, use.sql);
  const drawn = own.uses.filter((use) => use.kind !== 'constant');
  const columns = new ScopeColumns(own.scope.from, catalog);
  const alias = aliasIn(own.scope);
  const isDelete = as('DeleteStmt', statement) !== undefined;
  const change: Change = {
    ...{ scope: own.scope, drawn, values, table, alias, isOnceOnly: isOnceOnly(statement) },
    bound: boundOf(drawn, columns),
    unchanged: unchangedIn(own.scope.assignments, table, alias),
  };
  const further = isDelete ? unreferred(table, alias, catalog) : [];
  const rows = changedRows(change, further);
  return {
    uses: levels.uses,
    numbers: levels.drawn.map(({ number }) => number),
    targets: targetsOf(levels, change, [...inner.items, `(${rows}) AS r`]),
    choices: [
      ...levels.drawn.map((use, place) => `$${place + 1} is ${columns.describe(use.of)}: ${ofRow(use)}`),
      ...(further.length > 0 ? ['the rows are those that no other row refers to'] : []),
    ],
  };
}

/** A condition for the rows that have already the constants that SET gives to columns of few values. */
function unchangedIn(
  assignments: readonly Node[],
  table: CatalogRelation,
  alias: string,
): string | undefined {
  const set = [...assignedIn(assignments)].filter(
    ([name, value]) => isConstant(value) && isOfFewValues(name, table),
  );
  const equal = set.map(
    ([name, value]) => `${alias}.${escapeIdentifier(name)} IS NOT DISTINCT FROM ${sqlOf(value)}`,
  );
  return equal.length > 0 ? equal.join(' AND ') : undefined;
}

/** Each list of values once. */
function targetsOf({ drawn: all }: Levels, { drawn, values }: Change, items: readonly string[]): string {
  const places = new Map(drawn.map(({ number }, place) => [number, `r.v${place + 1}`]));
  const sqls = all.map(({ number }) => places.get(number) ?? values.get(number) ?? 'NULL');
  return `SELECT ${jsonArray(sqls)} AS target\nFROM ${itemsSql(items)}\nGROUP BY 1\nORDER BY min(r.n)`;
}

const ofRow = ({ kind }: DrawnUse): string =>
  kind === 'assigned' ? 'what another row has' : 'that of an existing row';

function boundOf(drawn: readonly DrawnUse[], columns: ScopeColumns): Change['bound'] {
  const equal = drawn.filter(({ kind }) => kind === 'equal').map(({ of }) => of);
  return columns.identify(equal) ? undefined : drawn.find((use) => use.kind === 'bound');
}

function aliasIn({ from: [relation] }: Scope): string {
  const range = as('RangeVar', relation);
  return escapeIdentifier(range?.alias?.aliasname ?? range?.relname ?? '');
}

/** Conditions for rows to which no other row refers: only these can be deleted. */
const unreferred = (table: CatalogRelation, alias: string, catalog: SourceCatalog): string[] =>
  catalog
    .referringTo(table.name)
    .filter(({ key }) => key.restricts)
    .map(({ from, key: { columns, referencedColumns } }) => {
      const own = (place: number): string => `${alias}.${escapeIdentifier(referencedColumns[place] ?? '')}`;
      const pairs = columns.map((name, place) => `referring.${escapeIdentifier(name)} = ${own(place)}`);
      return `NOT EXISTS (SELECT 1 FROM ${quotedRelation(from)} AS referring WHERE ${pairs.join(' AND ')})`;
    });
