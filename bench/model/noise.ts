import type { CanaryResult } from './item-result.ts';
import type { Result } from './result.ts';

/** Whether it measured two copies without the candidate as alike. */
export const isQuiet = (canary: CanaryResult): boolean => canary.state === 'measured' && canary.isQuiet;

/** Whether the times of a run are unreliable, because a canary failed or is not quiet. Its counts stand. */
export const isNoisyRun = ({ canaries }: Pick<Result, 'canaries'>): boolean => !canaries.every(isQuiet);
