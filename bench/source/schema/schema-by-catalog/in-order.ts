import type { Dependencies } from './dependencies.ts';
import type { Part, SchemaObject } from './kind.ts';

/** The addresses of what has to be there before an object. */
export type Needs = (item: SchemaObject) => readonly string[];

export const needsBy =
  ({ neededBy, whole }: Dependencies): Needs =>
  ({ address, after }) => [...after.map(whole), ...(address === undefined ? [] : neededBy(address))];

/**
 * Each object behind those that it needs, and in the given order where it has the choice. Of objects that need each
 * other, the last in the given order is made first.
 */
export function inOrder(items: readonly SchemaObject[], needs: Needs): SchemaObject[] {
  const byAddress = new Map(items.map((item) => [item.address, item]));
  const ordered = new Set<SchemaObject>();
  const begun = new Set<SchemaObject>();
  const visit = (item: SchemaObject): void => {
    if (begun.has(item)) return;
    begun.add(item);
    for (const address of needs(item)) {
      const needed = byAddress.get(address);
      if (needed) visit(needed);
    }
    ordered.add(item);
  };
  items.forEach(visit);
  return [...ordered];
}

/** The objects of each part, in order. What needs an object that is made after the rows is made after them, too. */
export function inParts(ordered: readonly SchemaObject[], needs: Needs): Record<Part, SchemaObject[]> {
  const parts: Record<Part, SchemaObject[]> = { beforeRows: [], afterRows: [] };
  const late = new Set<string>();
  for (const item of ordered) {
    const part = needs(item).some((address) => late.has(address)) ? 'afterRows' : item.part;
    if (part === 'afterRows' && item.address !== undefined) late.add(item.address);
    parts[part].push(item);
  }
  return parts;
}
