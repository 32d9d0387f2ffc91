import type { ForeignKey } from './foreign-keys.ts';

/** A table as far as a sample depends on it. */
export interface SampledTable {
  name: string;
  bytes: number;
}

/**
 * How the rows of one table are drawn:
 * - `whole`: all of them
 * - `by place`: a share of them, evenly over the table
 * - `with`: those that refer to a row that is drawn for itself in another table; rows that refer to none by the share
 */
type Drawing = { state: 'whole' } | { state: 'by place' } | { state: 'with'; key: ForeignKey };

/** Which rows of each table are copied. Rows that copied ones refer to are always copied, too. */
export interface SamplePlan {
  /** Of the rows that are drawn by their place, 0 to 1. */
  share: number;
  drawings: ReadonlyMap<string, Drawing>;
  /** Those that the sample keeps; the others form a circle, and are left out. */
  keys: readonly ForeignKey[];
  leftOut: readonly ForeignKey[];
}

/** About the bytes that are copied of tables. */
export const sampledBytes = (tables: readonly SampledTable[], { share, drawings }: SamplePlan): number =>
  tables.reduce(
    (sum, { name, bytes }) => sum + (drawings.get(name)?.state === 'whole' ? bytes : bytes * share),
    0,
  );

/** Of the size that is allowed, what small tables may take whole. */
const WHOLE_SHARE = 0.25;

/** What is referred to comes on top of what is drawn. */
const REFERRED_SHARE = 0.8;

/**
 * Plans a sample that fits into a size, so that every foreign key holds and the number of rows for each key is what it is
 * in the source: a row is drawn with the row that it refers to, not by itself.
 */
export function planSample(
  tables: readonly SampledTable[],
  keys: readonly ForeignKey[],
  mostBytes: number,
): SamplePlan {
  if (total(tables) <= mostBytes) return wholeOf(tables);
  const whole = smallest(tables, mostBytes * WHOLE_SHARE);
  const large = tables.filter((table) => !whole.has(table.name));
  const share =
    ((mostBytes - total([...tables].filter(({ name }) => whole.has(name)))) * REFERRED_SHARE) / total(large);
  const known = new Set(tables.map(({ name }) => name));
  const { kept, circular } = withoutCircles(
    keys.filter(({ table, refersTo }) => known.has(table) && known.has(refersTo)),
  );
  const sizes = new Map(large.map(({ name, bytes }) => [name, bytes]));
  const drawings = tables.map(({ name }): [string, Drawing] => [
    name,
    whole.has(name) ? { state: 'whole' } : drawingOf(name, kept, sizes),
  ]);
  return { share: Math.min(1, share), drawings: new Map(drawings), keys: kept, leftOut: circular };
}

/** Every key holds then, in circles, too. */
const wholeOf = (tables: readonly SampledTable[]): SamplePlan => ({
  share: 1,
  drawings: new Map(tables.map(({ name }) => [name, { state: 'whole' }])),
  keys: [],
  leftOut: [],
});

const total = (tables: readonly SampledTable[]): number => tables.reduce((sum, { bytes }) => sum + bytes, 0);

/** The smallest tables that fit together. */
function smallest(tables: readonly SampledTable[], mostBytes: number): Set<string> {
  const names = new Set<string>();
  let room = mostBytes;
  for (const { name, bytes } of [...tables].sort((a, b) => a.bytes - b.bytes)) {
    room -= bytes;
    if (room < 0) break;
    names.add(name);
  }
  return names;
}

/** With the largest table that it refers to, of those that are not copied whole. */
function drawingOf(name: string, keys: readonly ForeignKey[], sizes: ReadonlyMap<string, number>): Drawing {
  const [largest] = keys
    .filter(({ table, refersTo }) => table === name && sizes.has(refersTo))
    .sort((a, b) => (sizes.get(b.refersTo) ?? 0) - (sizes.get(a.refersTo) ?? 0));
  return largest ? { state: 'with', key: largest } : { state: 'by place' };
}

/** Takes keys one after another; one that would close a circle of tables is left out. */
function withoutCircles(keys: readonly ForeignKey[]): { kept: ForeignKey[]; circular: ForeignKey[] } {
  const kept: ForeignKey[] = [];
  const circular: ForeignKey[] = [];
  for (const key of keys) (leadsTo(key.refersTo, key.table, kept) ? circular : kept).push(key);
  return { kept, circular };
}

const leadsTo = (from: string, to: string, keys: readonly ForeignKey[]): boolean =>
  from === to || keys.some(({ table, refersTo }) => table === from && leadsTo(refersTo, to, keys));
