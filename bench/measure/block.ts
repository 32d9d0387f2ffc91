import { Bench } from 'tinybench';
import type { Block } from '../model/pair.ts';
import { performance } from 'node:perf_hooks';

/**
 * Runs `execute` a number of times in a row and keeps the median. tinybench runs it exactly that often (no warm-up,
 * no time budget, no trial call to detect asynchronous functions) and throws errors, which it would otherwise
 * swallow.
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

/** In shorter blocks the scheduler of the operating system decides the time. */
const BLOCK_MS = 20;
/** The longest block of the slower arm where both arms run equally many executions. */
const SLOWER_BLOCK_MS = 60;
const FEWEST_EXECUTIONS = 2;
const MOST_EXECUTIONS_PER_MS = 20;

/** Executions in a block, from the duration of one. */
export function executionsPerBlock(durationMs: number, blockMs = BLOCK_MS): number {
  return clamp(Math.ceil(blockMs / durationMs), blockMs);
}

/**
 * The same for two arms that run equally many executions: sized for the faster arm, unless the slower one takes too
 * long.
 */
export function executionsPerSharedBlock(firstMs: number, secondMs: number): number {
  const faster = Math.ceil(BLOCK_MS / Math.min(firstMs, secondMs));
  const slower = Math.ceil(SLOWER_BLOCK_MS / Math.max(firstMs, secondMs));
  return clamp(Math.min(faster, slower));
}

const clamp = (executions: number, blockMs = BLOCK_MS): number =>
  Math.min(blockMs * MOST_EXECUTIONS_PER_MS, Math.max(FEWEST_EXECUTIONS, executions));

/**
 * A duration in milliseconds, rounded to the nanosecond. No clock here counts finer: further digits come of the
 * arithmetic, and would make up half of result.json.
 */
export const toNanosecond = (durationMs: number): number => Math.round(durationMs * 1e6) / 1e6;

const DISCARDED = 2;
const TIMED = 3;

/**
 * The approximate duration of one execution, to size blocks, and a warm-up that is never a sample. The first
 * executions of a session fill its catalog caches and read the pages.
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

/** Executions of `typicalDurationMs`. */
export const CALIBRATION_EXECUTIONS = DISCARDED + TIMED;
