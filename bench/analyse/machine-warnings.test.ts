import { expect, test } from 'vitest';
import type { MachineCheck } from '../model/machine.ts';
import { machineWarnings } from './machine-warnings.ts';

const QUIET: MachineCheck = {
  timer: { readNs: 40, stepNs: 30, source: 'tsc' },
  memory: { bytesPerSecond: 16e9, fastest: 17e9 },
  otherLoad: 0.02,
  stealShare: 0,
  power: { governor: 'performance', boost: true, onBattery: false },
};
const warnings = (change: Partial<MachineCheck>) => machineWarnings({ ...QUIET, ...change });

test('nothing is said of a quiet machine, nor of what it does not tell', () => {
  expect(machineWarnings(QUIET)).toEqual([]);
  expect(machineWarnings({ timer: QUIET.timer, memory: QUIET.memory, power: {} })).toEqual([]);
});

test.each<[string, Partial<MachineCheck>, string]>([
  [
    'a clock of the chipset',
    { timer: { readNs: 1200, stepNs: 70, source: 'hpet' } },
    'reading the clock takes 1200 ns, in steps of 70 ns (clock source hpet): part of every time',
  ],
  [
    'a clock with large steps',
    { timer: { readNs: 40, stepNs: 1000 } },
    'reading the clock takes 40 ns, in steps of 1000 ns: part of every time',
  ],
  ['another program', { otherLoad: 1.5 }, 'other processes used 1.50 cores before the run measured anything'],
  [
    'a hypervisor',
    { stealShare: 0.08 },
    'the hypervisor gave 8.0 % of the time to others before the run measured anything',
  ],
  [
    'memory that others use',
    { memory: { bytesPerSecond: 7e9, fastest: 17e9 } },
    'memory was read at 7.00 GB/s, and at moments at 17.0 GB/s: others use it',
  ],
  ['a battery', { power: { onBattery: true } }, 'the machine runs on battery, and may slow its cores down'],
  [
    'cores that rest',
    { power: { governor: 'schedutil' } },
    'the frequency of the cores follows their load (governor schedutil): a rested core begins slowly',
  ],
])('%s is a warning, with what to do', (_, change, cause) => {
  const [warning, ...others] = warnings(change);
  expect(others).toEqual([]);
  expect(warning?.cause).toBe(cause);
  expect(warning?.remedy).not.toBe('');
});
