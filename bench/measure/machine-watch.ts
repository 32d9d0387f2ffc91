import { performance } from 'node:perf_hooks';
import { median } from '../model/averages.ts';
import type { Reference } from '../model/round.ts';
import { referenceLoop, referenceScan, type ReferenceWork } from './reference-work.ts';
import { readTicks, stealShare } from './steal-share.ts';

/** Does the reference work: once at the end of every round, in about 15 ms. */
export type LookAtMachine = () => Promise<Reference>;

/** An odd number: the median is one of them. */
const PASSES = 5;
/** The optimising compiler has seen the work so often before the first round that its times are those of later ones. */
const WARM_UP_PASSES = 20;

/**
 * Watches the machine from now on.
 *
 * @param core the one that server and harness share: time stolen from others does not matter. All together where
 *   they share none
 */
export async function keepWatch(core?: number): Promise<LookAtMachine> {
  const scan = timer(referenceScan());
  const loop = timer(referenceLoop);
  let last = await readTicks(core);
  return async () => {
    const now = await readTicks(core);
    const share = stealShare(last, now);
    last = now;
    return { scanMs: scan(), loopMs: loop(), ...(share !== undefined && { stealShare: share }) };
  };
}

/** Times the work in milliseconds: the median of a few passes, after one that fetches what was evicted meanwhile. */
function timer(work: ReferenceWork): () => number {
  const checksum = work();
  const pass = (): number => {
    const startedAt = performance.now();
    const sum = work();
    const durationMs = performance.now() - startedAt;
    if (sum !== checksum) throw new Error(`the reference work came to ${sum} instead of ${checksum}`);
    return durationMs;
  };
  for (let passes = 1; passes < WARM_UP_PASSES; passes++) pass();
  return () => {
    pass();
    return median(Array.from({ length: PASSES }, pass));
  };
}
