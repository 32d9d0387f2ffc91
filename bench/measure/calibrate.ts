import { performance } from 'node:perf_hooks';

const DISCARDED = 2;
const TIMED = 3;

/**
 * About how long one execution takes, to size blocks by; warm-up at the same time, and never a sample. The
 * first executions on a session fill its catalog caches and read the pages in.
 */
export async function typicalDurationMs(execute: () => Promise<unknown>): Promise<number> {
  const durations: number[] = [];
  for (let execution = 0; execution < DISCARDED + TIMED; execution++) {
    const start = performance.now();
    await execute();
    if (execution >= DISCARDED) durations.push(performance.now() - start);
  }
  return Math.min(...durations);
}

/** Executions that `typicalDurationMs` spends. */
export const CALIBRATION_EXECUTIONS = DISCARDED + TIMED;
