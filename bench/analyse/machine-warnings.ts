import { bandwidthText } from '../format/machine-text.ts';
import { percentText, significant } from '../format/quantity.ts';
import type { MachineCheck } from '../model/machine.ts';
import type { Warning } from '../model/outcome.ts';
import { STOLEN } from './rounds.ts';

/** A hundredth of the shortest block. A clock of the processor takes 20 to 60 ns, one of the chipset more than 500. */
const SLOW_TIMER_NS = 500;
/** In cores: more than a server at rest uses. */
const BUSY = 0.25;
/** The reads of a quiet machine scatter by less. */
const SHARED = 1.5;

/** What is bad about the machine before anything is measured. */
export const machineWarnings = (check: MachineCheck): Warning[] => [
  ...slowTimer(check),
  ...otherLoad(check),
  ...stolenTime(check),
  ...sharedMemory(check),
  ...power(check),
];

function slowTimer({ timer: { readNs, stepNs, source } }: MachineCheck): Warning[] {
  if (Math.max(readNs, stepNs) < SLOW_TIMER_NS) return [];
  const of = source === undefined ? '' : ` (clock source ${source})`;
  return [
    {
      code: 'slow-timer',
      cause: `reading the clock takes ${readNs} ns, in steps of ${stepNs} ns${of}: part of every time`,
      remedy:
        "use the processor's own clock, as clocksource=tsc does on Linux, or read short times with care",
    },
  ];
}

function otherLoad({ otherLoad: cores = 0 }: MachineCheck): Warning[] {
  if (cores < BUSY) return [];
  return [
    {
      code: 'other-load',
      cause: `other processes used ${significant(cores)} cores before the run measured anything`,
      remedy: 'end them, and repeat the run where rounds were disturbed',
    },
  ];
}

function stolenTime({ stealShare = 0 }: MachineCheck): Warning[] {
  if (stealShare < STOLEN) return [];
  return [
    {
      code: 'stolen-time',
      cause: `the hypervisor gave ${percentText(stealShare)} of the time to others before the run measured anything`,
      remedy: 'measure on a machine whose cores are not shared',
    },
  ];
}

function sharedMemory({ memory: { bytesPerSecond, fastest } }: MachineCheck): Warning[] {
  if (fastest < SHARED * bytesPerSecond) return [];
  return [
    {
      code: 'shared-memory',
      cause: `memory was read at ${bandwidthText(bytesPerSecond)}, and at moments at ${bandwidthText(fastest)}: others use it`,
      remedy: 'the intervals cover it; measure on a machine that nobody shares for narrower ones',
    },
  ];
}

function power({ power: { governor, onBattery } }: MachineCheck): Warning[] {
  const isScaled = governor !== undefined && governor !== 'performance';
  return [...(onBattery === true ? [ON_BATTERY] : []), ...(isScaled ? [scaledFrequency(governor)] : [])];
}

const ON_BATTERY: Warning = {
  code: 'on-battery',
  cause: 'the machine runs on battery, and may slow its cores down',
  remedy: 'connect it to mains',
};

const scaledFrequency = (governor: string): Warning => ({
  code: 'scaled-frequency',
  cause: `the frequency of the cores follows their load (governor ${governor}): a rested core begins slowly`,
  remedy: 'sudo cpupower frequency-set -g performance',
});
