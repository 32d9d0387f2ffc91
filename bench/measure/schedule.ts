import type { Arm } from '../model/arm.ts';
import type { Random } from '../model/work-item.ts';

/**
 * Which arm runs first in each pair, without end. Every two pairs form ABBA or BAAB, drawn at random: both
 * arms hold every position equally often, so that a linear drift cancels within four blocks (Box, Hunter and
 * Hunter, "Statistics for Experimenters", on blocking and randomisation).
 */
export function* firstArms(random: Random): Generator<Arm, never> {
  for (;;) {
    const [first, second]: [Arm, Arm] = random() < 0.5 ? ['before', 'after'] : ['after', 'before'];
    yield first;
    yield second;
  }
}
