/**
 * The known word that another one was probably meant to be.
 *
 * @returns undefined where none is near: a third of its letters, or two, may differ
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({
      candidate,
      distance: distanceBetween(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .toSorted((a, b) => a.distance - b.distance);
  const [first] = ranked;
  if (!first) return undefined;
  const isNear =
    first.distance < Math.max(word.length, first.candidate.length) &&
    first.distance <= Math.max(2, word.length / 3);
  return isNear ? first.candidate : undefined;
}

/** Letters to insert, to delete or to replace (Levenshtein 1966). */
function distanceBetween(from: string, to: string): number {
  // Nobody meant a key by a text of this length.
  if (from.length > 100) return Infinity;
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [at, letter] of Array.from(from).entries()) {
    const next = [at + 1];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** What is known in the place of a word: the nearest one, or all of them. */
export function suggestion(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near !== undefined) return `did you mean ${JSON.stringify(near)}?`;
  return known.length > 0
    ? `known are ${known.slice(0, MOST_SHOWN).join(', ')}${known.length > MOST_SHOWN ? ', ...' : ''}`
    : 'there are none';
}

const MOST_SHOWN = 12;
