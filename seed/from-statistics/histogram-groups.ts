import type { Cell } from '../../bench/model/dataset.ts';
import type { Span } from './spans.ts';
import type { ValueKind } from './values/value-kind.ts';

/** The values that are not among the most common: so many rows, of so many values, between bounds of equally many rows. */
export interface Remaining {
  rows: number;
  values: number;
  /** Whether each row has a value of its own. */
  isUnique: boolean;
  bounds: readonly string[];
  /** Not to be made again. */
  taken: ReadonlySet<string>;
}

/** A span between two bounds. */
export interface GroupSpan extends Span {
  low: string;
}

/** Of values that may be listed; a longer list would take time. */
const MOST_LISTED = 4096;

/** Two neighbouring bounds that differ, or several that do not. */
interface Limits {
  low: string;
  high: string;
  rows: number;
  /** Which of its bounds are values of its own; the others are values of its neighbours. */
  hasLow: boolean;
  hasHigh: boolean;
}

/** The values that a group may have, in their order. */
interface Candidates {
  room: number;
  /** So many of them, evenly spread. */
  pick: (values: number) => (nth: number) => Cell;
}

/** One span for each group that has rows, in their order. */
export function histogramGroups(kind: ValueKind, remaining: Remaining): GroupSpan[] {
  const groups = limitsOf(remaining).filter(({ rows }) => remaining.isUnique || rows > 0);
  const candidates = groups.map((limits) => candidatesIn(kind, limits, remaining.taken));
  const rooms = candidates.map(({ room }) => room);
  const isShort = rooms.reduce((sum, room) => sum + room, 0) < remaining.values;
  if (remaining.isUnique && isShort && groups.length > 1)
    return histogramGroups(kind, { ...remaining, bounds: endsOf(remaining.bounds) });
  const most = remaining.isUnique ? rooms : rooms.map((room, at) => Math.min(room, groups[at]?.rows ?? 1));
  const values = sharedOut(remaining.values, most);
  const rows = remaining.isUnique ? values : rowsFor(values, groups);
  return groups.map(({ low }, at) => {
    const many = values[at] ?? 1;
    return { low, rows: rows[at] ?? many, values: many, value: candidates[at]?.pick(many) ?? (() => low) };
  });
}

/** Rows for each group: equally many for each value, as long as a group has hardly another number of them. */
function rowsFor(values: readonly number[], groups: readonly Limits[]): number[] {
  const all = groups.reduce((sum, { rows }) => sum + rows, 0);
  const each = all / values.reduce((sum, count) => sum + count, 0);
  const wanted = groups.map(({ rows }, at) => {
    const even = (values[at] ?? 1) * each;
    return Math.abs(even - rows) < each ? even : rows;
  });
  const factor = all / wanted.reduce((sum, rows) => sum + rows, 0);
  let [exact, given] = [0, 0];
  return wanted.map((rows, at) => {
    exact += rows * factor;
    const some = Math.max(values[at] ?? 1, Math.round(exact) - given);
    given += some;
    return some;
  });
}

/** Between them there is room for what has none in narrow groups. */
const endsOf = (bounds: readonly string[]): string[] => [bounds[0] ?? '', bounds.at(-1) ?? ''];

function limitsOf({ bounds, rows }: Remaining): Limits[] {
  const groups = bounds.length - 1;
  const limits: Limits[] = [];
  for (const [at, high] of bounds.slice(1).entries()) {
    const low = bounds[at] ?? high;
    const some = Math.floor(((at + 1) * rows) / groups) - Math.floor((at * rows) / groups);
    const previous = limits.at(-1);
    const isFlat = low === high;
    if (isFlat && previous?.low === previous?.high && previous?.low === low) previous.rows += some;
    else {
      const hasLow = previous?.low !== previous?.high || previous === undefined;
      limits.push({ low, high, rows: some, hasLow, hasHigh: isFlat || at === groups - 1 });
    }
  }
  return limits;
}

function candidatesIn(kind: ValueKind, limits: Limits, taken: ReadonlySet<string>): Candidates {
  const { low, high, hasLow, hasHigh } = limits;
  const room = kind.room(low, high);
  const [before, after] = [hasLow ? 0 : 1, hasHigh ? 1 : 0];
  if (room <= MOST_LISTED) return listed(kind, limits, room, taken);
  return {
    room: room - before + after,
    pick: (values) => {
      const at = kind.between(low, high, Math.max(1, values + before - after));
      return before === 0 ? at : (nth) => at(nth + 1);
    },
  };
}

function listed(
  kind: ValueKind,
  { low, high, hasLow, hasHigh }: Limits,
  room: number,
  taken: ReadonlySet<string>,
): Candidates {
  const at = kind.between(low, high, Math.max(1, room));
  const all = Array.from({ length: room + 1 }, (_, part) => at(part));
  const own = room === 0 ? all : all.slice(hasLow ? 0 : 1, hasHigh ? undefined : -1);
  const free = own.filter((value) => !taken.has(String(value)));
  const list = free.length > 0 ? free : own.length > 0 ? own : all;
  const last = list.length - 1;
  return {
    room: list.length,
    pick: (values) => (nth) =>
      list[hasHigh ? spread(nth, values - 1, last) : spread(nth, values, list.length)] ?? null,
  };
}

const spread = (nth: number, of: number, over: number): number =>
  of < 1 ? 0 : Math.min(over, Math.floor((nth * over) / of));

/** So many values for each group: equally many where there is room, at least one. */
function sharedOut(values: number, most: readonly number[]): number[] {
  const order = [...most.keys()].sort((a, b) => (most[a] ?? 0) - (most[b] ?? 0));
  const shares = most.map(() => 1);
  let left = values;
  for (const [nth, at] of order.entries()) {
    const share = Math.max(1, Math.min(most[at] ?? 1, Math.round(left / (order.length - nth))));
    shares[at] = share;
    left -= share;
  }
  return shares;
}
