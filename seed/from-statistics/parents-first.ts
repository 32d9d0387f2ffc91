import { canonicalRelation } from '../../bench/model/relation.ts';
import type { FanOut } from '../../bench/model/snapshot.ts';

/** Tables after those that they refer to, as far as they are no circle; otherwise in the order given. */
export function parentsFirst<Table extends { name: string }>(
  tables: readonly Table[],
  fanOuts: readonly Pick<FanOut, 'table' | 'refersTo'>[],
): Table[] {
  const parents = new Map<string, string[]>();
  for (const { table, refersTo } of fanOuts) {
    const child = canonicalRelation(table);
    parents.set(child, [...(parents.get(child) ?? []), canonicalRelation(refersTo)]);
  }
  const byName = new Map(tables.map((table) => [canonicalRelation(table.name), table]));
  const visited = new Set<string>();
  const order: Table[] = [];
  const visit = (name: string): void => {
    const table = byName.get(name);
    if (!table || visited.has(name)) return;
    visited.add(name);
    for (const parent of parents.get(name) ?? []) visit(parent);
    order.push(table);
  };
  for (const name of byName.keys()) visit(name);
  return order;
}
