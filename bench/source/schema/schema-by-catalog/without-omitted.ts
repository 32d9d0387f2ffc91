import type { Omitted } from '../left-out.ts';
import type { LeftOut } from '../../../model/source.ts';
import type { Needs } from './in-order.ts';
import type { SchemaObject } from './kind.ts';

/** Leaves out these objects, and those that need them. */
export function withoutOmitted(
  ordered: readonly SchemaObject[],
  needs: Needs,
  omitted: readonly Omitted[],
): { kept: SchemaObject[]; leftOut: LeftOut[] } {
  const gone = new Map(omitted.map(({ address, object }) => [address, object]));
  const leftOut = omitted.map(({ object, reason }): LeftOut => ({ object, reason }));
  const kept = ordered.filter((item) => {
    if (item.address !== undefined && gone.has(item.address)) return false;
    const needed = needs(item).find((address) => gone.has(address));
    if (needed === undefined) return true;
    // What only adds to an object goes with it.
    if (item.address === undefined) return false;
    gone.set(item.address, item.object);
    leftOut.push({ object: item.object, reason: `it needs ${gone.get(needed) ?? needed}` });
    return false;
  });
  return { kept, leftOut };
}
