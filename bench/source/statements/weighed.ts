import type { Statements } from './source-statement.ts';

/** Statements of which one at least has a weight, and what the weights are. */
export interface Weighed {
  statements: Statements;
  /** Whether they are calls per hour, or only proportions. */
  weightsAreCalls: boolean;
}

/** Where nothing is known of how often the statements are called, all weigh the same. */
export function weighed(statements: Statements, weightsAreCalls: boolean): Weighed {
  const { replayable } = statements;
  if (replayable.some(({ weight }) => weight > 0)) return { statements, weightsAreCalls };
  return {
    statements: { ...statements, replayable: replayable.map((one) => ({ ...one, weight: 1 })) },
    weightsAreCalls: false,
  };
}
