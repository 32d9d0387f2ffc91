import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** At random, so that two processes that wait for each other do not try again at the same moment. */
const PAUSE_MS = { least: 100, most: 500 };

/**
 * Repeats `work` while it fails for a reason that passes.
 *
 * @throws the last error, once the time is over
 */
export async function patiently<T>(
  work: () => Promise<T>,
  passes: (error: unknown) => boolean,
  patienceMs: number,
  signal: AbortSignal,
): Promise<T> {
  const endMs = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!passes(error) || performance.now() >= endMs) throw error;
    }
    const { least, most } = PAUSE_MS;
    await sleep(least + Math.random() * (most - least), undefined, { signal });
  }
}
