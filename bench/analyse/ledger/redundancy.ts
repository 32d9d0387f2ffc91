/** The properties that decide whether an index can replace another. */
export interface KeyedIndex {
  name: string;
  table: string;
  keys: readonly string[];
  method: string;
  predicate: string;
  isUnique: boolean;
}

/** The indexes that can replace one index of the candidate, or be replaced by it. */
export interface Kinship {
  /** Non-unique indexes of the baseline: this one serves every search that they serve. */
  redundant: readonly { name: string; relation: 'the same keys' | 'its leading keys' }[];
  /** Index of the baseline that has all keys of this one. */
  coveredBy?: string | undefined;
  /** Index of the candidate that has all keys of this one, and more. */
  extendedBy?: string | undefined;
}

/** Compares an index of the candidate with the others on its table, by keys, method and predicate alone. */
export function kinshipOf(name: string, all: readonly KeyedIndex[], candidate: ReadonlySet<string>): Kinship {
  const own = all.find((index) => index.name === name);
  if (!own) return { redundant: [], coveredBy: undefined, extendedBy: undefined };
  const others = all.filter((index) => index.name !== name && isOfOneKind(index, own));
  const siblings = others.filter((index) => candidate.has(index.name));
  const elders = others.filter((index) => !candidate.has(index.name));
  return {
    redundant: elders
      .filter((index) => !index.isUnique && begins(own, index))
      .map((index) => ({
        name: index.name,
        relation: index.keys.length === own.keys.length ? 'the same keys' : 'its leading keys',
      })),
    coveredBy: elders.find((index) => begins(index, own))?.name,
    extendedBy: siblings.find((index) => begins(index, own) && index.keys.length > own.keys.length)?.name,
  };
}

const isOfOneKind = (a: KeyedIndex, b: KeyedIndex): boolean =>
  a.table === b.table && a.method === 'btree' && b.method === 'btree' && a.predicate === b.predicate;

/** Whether the keys of `index` begin with all those of `start`. */
const begins = (index: KeyedIndex, start: KeyedIndex): boolean =>
  start.keys.length <= index.keys.length && start.keys.every((key, position) => index.keys[position] === key);
