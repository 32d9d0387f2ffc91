import { mean, median } from '../model/averages.ts';
import type { NightMachine } from '../model/night.ts';
import type { Result } from '../model/result.ts';

/** The machine of a run: as it was checked before it, and as the reference work at the end of each round found it. */
export function machineOf({ environment: { machineCheck }, rounds }: Result): NightMachine {
  const references = rounds.map(({ reference }) => reference);
  const stolen = references.flatMap(({ stealShare }) => stealShare ?? []);
  return {
    ...(machineCheck && {
      memoryBytesPerSecond: machineCheck.memory.fastest,
      power: machineCheck.power,
    }),
    ...(references.length > 0 && {
      scanMs: median(references.map(({ scanMs }) => scanMs)),
      loopMs: median(references.map(({ loopMs }) => loopMs)),
    }),
    ...(stolen.length > 0 && { stealShare: mean(stolen) }),
  };
}
