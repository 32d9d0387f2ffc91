import { performance } from 'node:perf_hooks';
import { Bench } from 'tinybench';
import { median } from '../model/averages.ts';
import { histogramOf, type Histogram } from '../model/histogram.ts';
import type { Block } from '../model/pair.ts';

/**
 * Runs `execute` a number of times in a row and times each, in milliseconds. tinybench runs it exactly that often (no
 * warm-up, no time budget, no trial call to detect asynchronous functions) and throws errors, which it would otherwise
 * swallow.
 */
export async function timeEach(executions: number, execute: () => Promise<unknown>): Promise<number[]> {
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
  const samples = result?.state === 'completed' ? result.latency.samples : undefined;
  if (!samples) throw new Error(`the block ended as ${result?.state ?? 'nothing'}`);
  return samples;
}

/** A block that has just been timed, with what each of its executions took. */
export interface TimedBlock extends Block {
  histogram: Histogram;
}

/** Executions in a row, as one block. */
export const runBlock = async (executions: number, execute: () => Promise<unknown>): Promise<Block> =>
  withoutHistogram(blockOf(await timeEach(executions, execute)));

export const blockOf = (durationsMs: readonly number[]): TimedBlock => ({
  medianMs: toNanosecond(median(durationsMs)),
  executions: durationsMs.length,
  histogram: histogramOf(durationsMs),
});

/** The block as results keep it. */
export const withoutHistogram = ({ medianMs, executions, serverMeanMs }: TimedBlock): Block => ({
  medianMs,
  executions,
  ...(serverMeanMs !== undefined && { serverMeanMs }),
});

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
 *
 * @param limits `enoughMs`: after so many milliseconds the second execution is the last one; `most` executions
 */
export async function typicalDurationMs(
  execute: () => Promise<unknown>,
  { enoughMs = Infinity, most = CALIBRATION_EXECUTIONS }: { enoughMs?: number; most?: number } = {},
): Promise<number> {
  const durationsMs: number[] = [];
  let spentMs = 0;
  while (durationsMs.length < most && (durationsMs.length < 2 || spentMs < enoughMs)) {
    const durationMs = await durationOf(execute);
    durationsMs.push(durationMs);
    spentMs += durationMs;
  }
  const discarded = Math.min(DISCARDED, durationsMs.length - 1);
  return Math.min(...durationsMs.slice(discarded));
}

/** Of one execution, in milliseconds. */
export async function durationOf(execute: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await execute();
  return performance.now() - startMs;
}

/** Executions of `typicalDurationMs`. */
export const CALIBRATION_EXECUTIONS = DISCARDED + TIMED;
