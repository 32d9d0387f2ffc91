import type { Arm } from '../model/arm.ts';
import type { Random } from '../model/work-item.ts';

/**
 * An endless sequence: the arm that runs first in each pair. Every two pairs form ABBA or BAAB, drawn at random. Both
 * arms have every position equally often: a linear drift cancels within four blocks (Box, Hunter and Hunter,
 * "Statistics for Experimenters", on blocking and randomisation).
 */
export function* firstArms(random: Random): Generator<Arm, never> {
  for (;;) {
    const [first, second]: [Arm, Arm] = random() < 0.5 ? ['before', 'after'] : ['after', 'before'];
    yield first;
    yield second;
  }
}

/**
 * The arm of each session in the order in which they are opened, so many pairs one after another. A new process gets the
 * memory that others have just given back: opened in the same order every time, one arm had the worse places for a whole
 * run.
 */
export function openingOrder(random: Random, pairs: number): Arm[] {
  const firsts = firstArms(random);
  return Array.from({ length: pairs }, () => firsts.next().value).flatMap((first) =>
    first === 'before' ? (['before', 'after'] as const) : (['after', 'before'] as const),
  );
}
