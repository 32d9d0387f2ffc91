/** How the values of a type become numbers that sort as they do; undefined for a type of which nobody can tell. */
function numberOf(type: string): ((text: string) => number) | undefined {
  if (/^(smallint|integer|bigint|numeric|real|double precision)/.test(type)) return Number;
  if (/^(date|timestamp)/.test(type))
    return (text) => Date.parse(text.replace(' ', 'T').replace(/\+00$/, 'Z'));
  if (type === 'uuid') return (text) => parseInt(text.slice(0, 8), 16);
  return undefined;
}

/**
 * Kolmogorov and Smirnov's distance of two histograms with equally many rows between bounds: how far the shares of rows up to a value
 * differ, at most.
 *
 * @returns undefined where one has no bounds, or their type is not one of numbers, times or UUIDs
 */
export function histogramDistance(
  first: readonly string[],
  second: readonly string[],
  type: string,
): number | undefined {
  const number = numberOf(type);
  if (!number || first.length < 2 || second.length < 2) return undefined;
  const [a, b] = [first, second].map((bounds) => bounds.map(number)) as [number[], number[]];
  const differences = [...a, ...b].map((value) => Math.abs(shareUpTo(a, value) - shareUpTo(b, value)));
  return differences.every(Number.isFinite) ? Math.max(...differences) : undefined;
}

/** Between two bounds the rows are spread evenly; where bounds are equal, half of their rows count. */
function shareUpTo(bounds: readonly number[], value: number): number {
  const groups = bounds.length - 1;
  const [least = 0, most = 0] = [bounds[0], bounds[groups]];
  if (value < least) return 0;
  if (value > most) return 1;
  const first = bounds.findIndex((bound) => bound >= value);
  if (bounds[first] === value) {
    const last = bounds.findLastIndex((bound) => bound === value);
    return (first + last) / 2 / groups;
  }
  const [low = 0, high = 0] = [bounds[first - 1], bounds[first]];
  return (first - 1 + (value - low) / (high - low)) / groups;
}
