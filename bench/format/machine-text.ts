import type { MachineCheck, Power } from '../model/machine.ts';
import type { Machine } from '../model/run.ts';
import { bytes, counted, onlyAllowed, percentText, significant } from './quantity.ts';

/** "Intel Xeon, 2 cores, 24 GB, linux 6.1". */
export const hardwareText = (machine: Machine): string =>
  `${machine.cpu}, ${counted(machine.cores, 'core')}${onlyAllowed(machine)}, ${bytes(machine.memoryBytes)}, ${machine.os}`;

/** "timer 40 ns, memory 11.2 GB/s, other load 0.02 cores, 0.0 % stolen, governor performance, boost on". */
export const machineText = ({ timer, memory, otherLoad, stealShare, power }: MachineCheck): string =>
  [
    `timer ${timer.readNs} ns`,
    `memory ${bandwidthText(memory.fastest)}`,
    otherLoad === undefined ? 'other load not known' : `other load ${otherLoad.toFixed(2)} cores`,
    stealShare === undefined ? 'stolen time not known' : `${percentText(stealShare)} stolen`,
    ...powerTexts(power),
  ].join(', ');

/** "11.2 GB/s", in powers of 1,000 as memory is sold. */
export const bandwidthText = (bytesPerSecond: number): string => `${significant(bytesPerSecond / 1e9)} GB/s`;

function powerTexts({ governor, boost, onBattery, isVirtual }: Power): string[] {
  const known = [
    ...(governor === undefined ? [] : [`governor ${governor}`]),
    ...(boost === undefined ? [] : [`boost ${boost ? 'on' : 'off'}`]),
    ...(onBattery === true ? ['on battery'] : []),
  ];
  if (known.length > 0) return known;
  return [`power state not known${isVirtual === true ? ' (virtual machine)' : ''}`];
}
