import { Bench } from 'tinybench';
import type { Block } from '../model/pair.ts';
import { toNanosecond } from './nanoseconds.ts';

/**
 * Runs `execute` a number of times in a row and keeps the median. tinybench is told to run exactly that often
 * (no warm-up, no time budget, no trial call to find out whether the function is asynchronous) and to let an
 * error through, which it would otherwise keep to itself.
 */
export async function runBlock(executions: number, execute: () => Promise<unknown>): Promise<Block> {
  const bench = new Bench({
    iterations: executions,
    time: 0,
    warmup: false,
    retainSamples: true,
    throws: true,
  });
  bench.add('block', execute, { async: true });
  const [task] = await bench.run();
  const result = task?.result;
  if (result?.state !== 'completed') throw new Error(`the block ended as ${result?.state ?? 'nothing'}`);
  return { medianMs: toNanosecond(result.latency.p50), executions };
}

/** Blocks shorter than this are at the mercy of the scheduler. */
const BLOCK_MS = 20;
/** Where both arms run equally many executions, the slower one may take this long. */
const SLOWER_BLOCK_MS = 60;
const FEWEST_EXECUTIONS = 2;
const MOST_EXECUTIONS_PER_MS = 20;

/** Executions that fill a block, from the duration of one. */
export function executionsPerBlock(durationMs: number, blockMs = BLOCK_MS): number {
  return clamp(Math.ceil(blockMs / durationMs), blockMs);
}

/** The same for two arms that have to run equally many: the faster one's, unless the slower one gets too long. */
export function executionsPerSharedBlock(firstMs: number, secondMs: number): number {
  const faster = Math.ceil(BLOCK_MS / Math.min(firstMs, secondMs));
  const slower = Math.ceil(SLOWER_BLOCK_MS / Math.max(firstMs, secondMs));
  return clamp(Math.min(faster, slower));
}

const clamp = (executions: number, blockMs = BLOCK_MS): number =>
  Math.min(blockMs * MOST_EXECUTIONS_PER_MS, Math.max(FEWEST_EXECUTIONS, executions));
