import fc from 'fast-check';

/** A path in a tree of objects and arrays. */
export type Place = readonly string[];

/** A change of one place: removed, doubled, or replaced. */
export type Change<T> =
  | { place: Place; kind: 'drop' }
  | { place: Place; kind: 'repeat' }
  | { place: Place; kind: 'surplus'; name: string; value: T }
  | { place: Place; kind: 'replace'; value: T };

type Holder = Record<string, unknown>;

const isPlain = (value: unknown): value is Holder =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);

/** Every place in a tree except its root. */
export const placesIn = (value: unknown, above: Place = []): Place[] =>
  isPlain(value)
    ? Object.keys(value).flatMap((key) => [[...above, key], ...placesIn(value[key], [...above, key])])
    : [];

/** One to three changes of a tree with these places. */
export const changesAt = <T>(
  places: readonly Place[],
  replacement: fc.Arbitrary<T>,
): fc.Arbitrary<Change<T>[]> => {
  const place = fc.constantFrom(...places);
  const name = fc.constantFrom('surplus', '__proto__', 'constructor', 'toString', '', '\u001b[2J');
  return fc.array(
    fc.oneof(
      fc.record({ place, kind: fc.constant('drop' as const) }),
      fc.record({ place, kind: fc.constant('repeat' as const) }),
      fc.record({ place, kind: fc.constant('surplus' as const), name, value: replacement }),
      {
        weight: 5,
        arbitrary: fc.record({ place, kind: fc.constant('replace' as const), value: replacement }),
      },
    ),
    { minLength: 1, maxLength: 3 },
  );
};

/**
 * A copy of a tree with the changes made. A place that an earlier change removed is skipped.
 *
 * @param put writes a replacement; by default, unchanged
 */
export function changed<T>(
  tree: unknown,
  changes: readonly Change<T>[],
  put: (holder: object, key: string, value: T) => void = assign,
): unknown {
  const copy = copyOf(tree);
  for (const change of changes.toSorted(deepestFirst)) make(copy, change, put);
  return copy;
}

/** Replacements are never traversed: they may be anything. So the deepest places are changed first. */
function deepestFirst<T>(a: Change<T>, b: Change<T>): number {
  const turn = ({ kind }: Change<T>): number => ['drop', 'repeat', 'surplus', 'replace'].indexOf(kind);
  return turn(a) - turn(b) || b.place.length - a.place.length;
}

/** Defined, not assigned: a key may be `__proto__`. */
function assign(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function make<T>(
  tree: unknown,
  change: Change<T>,
  put: (holder: object, key: string, value: T) => void,
): void {
  const key = change.place.at(-1) ?? '';
  const holder = change.place
    .slice(0, -1)
    .reduce<unknown>((at, name) => (isPlain(at) && Object.hasOwn(at, name) ? at[name] : undefined), tree);
  if (!isPlain(holder) || !Object.hasOwn(holder, key)) return;
  if (change.kind === 'replace') {
    put(holder, key, change.value);
    return;
  }
  const there = holder[key];
  if (change.kind === 'surplus') put(isPlain(there) ? there : holder, change.name, change.value);
  else if (Array.isArray(holder))
    holder.splice(Number(key), 1, ...(change.kind === 'repeat' ? [there, there] : []));
  else if (change.kind === 'drop') Reflect.deleteProperty(holder, key);
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)]));
}
