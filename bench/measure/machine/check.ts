import { setTimeout } from 'node:timers/promises';
import { median } from '../../model/averages.ts';
import { most } from '../../model/extent.ts';
import type { MachineCheck } from '../../model/machine.ts';
import { readTicks, stealShare } from '../steal-share.ts';
import { memoryReader } from './memory-bandwidth.ts';
import { watchOtherLoad } from './other-load.ts';
import { examinePower } from './power.ts';
import { examineTimer } from './timer.ts';

/** Reads of the memory: about a third of the check. Stolen time shows only while there is work. */
const PASSES = 10;
const REST_MS = 15;
/** They bring the pages in, and the optimising compiler has seen the loop. */
const WARM_UP_PASSES = 3;

/** Examines the machine of the harness for about 0.3 s. What cannot be found out is missing. */
export async function checkMachine(signal: AbortSignal): Promise<MachineCheck> {
  const power = await examinePower();
  const read = memoryReader();
  const stolenFrom = await readTicks();
  const otherLoad = watchOtherLoad();
  const timer = await examineTimer();
  const passes = await readAtIntervals(read, signal);
  const load = otherLoad();
  const stolen = stealShare(stolenFrom, await readTicks());
  return {
    timer,
    memory: { bytesPerSecond: Math.round(median(passes)), fastest: Math.round(most(passes)) },
    ...(load !== undefined && { otherLoad: load }),
    ...(stolen !== undefined && { stealShare: stolen }),
    power,
  };
}

/** Memory is busy for moments: reads one after another would see a single one. */
async function readAtIntervals(read: () => number, signal: AbortSignal): Promise<number[]> {
  for (let pass = 0; pass < WARM_UP_PASSES; pass++) read();
  const passes: number[] = [];
  while (passes.length < PASSES) {
    passes.push(read());
    await setTimeout(REST_MS, undefined, { signal });
  }
  return passes;
}
