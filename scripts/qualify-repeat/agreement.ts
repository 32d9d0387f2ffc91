import type { Row } from './rows.ts';

/** A share over all ordered pairs of runs and their common rows. */
export interface Share {
  hits: number;
  of: number;
  /**
   * The smallest and the largest share when one run is left out. Pairs of runs share runs: they are not independent,
   * and a binomial interval would be too narrow. Missing for two runs.
   */
  range?: { least: number; most: number };
}

export interface Agreement {
  /** The second run's point lies in the first run's interval. */
  inside: Share;
  /** The intervals of both have a point in common. */
  overlapping: Share;
  /** Of rows with a verdict. */
  equalVerdicts: Share;
}

/** The rows of one run by their keys. */
type Run = ReadonlyMap<string, Row>;
type Agrees = (first: Row, second: Row) => boolean;

/** How far runs confirm each other. Each run's intervals are compared with the points of every other run. */
export function agreementOf(runs: readonly (readonly Row[])[]): Agreement {
  const keyed = runs.map((rows) => new Map(rows.map((row) => [row.key, row])));
  const judged = runs.map(
    (rows) => new Map(rows.flatMap((row) => (row.verdict === undefined ? [] : [[row.key, row]]))),
  );
  return {
    inside: shareOf(keyed, isInside),
    overlapping: shareOf(keyed, areOverlapping),
    equalVerdicts: shareOf(judged, (first, second) => first.verdict === second.verdict),
  };
}

const isInside: Agrees = ({ estimate: { low, high } }, { estimate: { point } }) =>
  low <= point && point <= high;

const areOverlapping: Agrees = ({ estimate: first }, { estimate: second }) =>
  first.low <= second.high && second.low <= first.high;

function shareOf(runs: readonly Run[], agrees: Agrees): Share {
  const all = counted(runs, agrees);
  if (runs.length < 3) return all;
  const others = runs
    .map((left) =>
      counted(
        runs.filter((run) => run !== left),
        agrees,
      ),
    )
    .map(shareIn);
  return { ...all, range: { least: Math.min(...others), most: Math.max(...others) } };
}

function counted(runs: readonly Run[], agrees: Agrees): Share {
  const compared = runs.flatMap((first) =>
    runs.filter((run) => run !== first).flatMap((second) => compareRows(first, second, agrees)),
  );
  return { hits: compared.filter(Boolean).length, of: compared.length };
}

const compareRows = (first: Run, second: Run, agrees: Agrees): boolean[] =>
  [...first].flatMap(([key, row]) => {
    const other = second.get(key);
    return other ? [agrees(row, other)] : [];
  });

/** From 0 to 1; NaN where nothing was compared. */
export const shareIn = ({ hits, of }: Pick<Share, 'hits' | 'of'>): number => hits / of;
