import { bandwidthText } from '../format/machine-text.ts';
import { milliseconds } from '../format/quantity.ts';
import { median } from '../model/averages.ts';
import type { Night, NightMachine } from '../model/night.ts';

/** What the times of a night were measured on. */
export type MeasuredOn = Pick<Night, 'key' | 'machine'>;

/** A measure of speed, and from how many times as much on two machines are far apart. */
interface Speed {
  of: 'memoryBytesPerSecond' | 'scanMs' | 'loopMs';
  name: string;
  text: (value: number) => string;
  farApart: number;
}

/**
 * In 49 runs on one machine with two virtual cores, the medians of the loop were within 2 %, but for one run beside others.
 * Those of the scan reached from 0.8 to 2.1 times their own median, and the fastest reads before a run from 0.7 to 1.1
 * times, because others used the same memory: only more than that is another machine.
 */
const SPEEDS: readonly Speed[] = [
  { of: 'memoryBytesPerSecond', name: 'memory bandwidth', text: bandwidthText, farApart: 2.5 },
  { of: 'scanMs', name: 'the reference scan of memory', text: milliseconds, farApart: 2.5 },
  { of: 'loopMs', name: 'the reference loop of a core', text: milliseconds, farApart: 1.25 },
];

/** Why times that were measured on one and on the other are not comparable. What is not known of one is no difference. */
export function machineDifferences(then: MeasuredOn, now: MeasuredOn): string[] {
  const { machine: was = {} } = then;
  const { machine: is = {} } = now;
  return [
    ...difference('hardware', then.key.hardware, now.key.hardware),
    ...difference('governor', was.power?.governor, is.power?.governor),
    ...difference('boost', was.power?.boost, is.power?.boost),
    ...difference('on battery', was.power?.onBattery, is.power?.onBattery),
    ...SPEEDS.flatMap((speed) => speedDifference(speed, was, is)),
  ];
}

const difference = <T extends string | boolean>(name: string, was: T | undefined, is: T | undefined) =>
  was === undefined || is === undefined || was === is ? [] : [changed(name, word(was), word(is))];

const changed = (name: string, was: string, is: string): string => `${name} was ${was}, and is ${is} now`;

const word = (value: string | boolean): string =>
  typeof value === 'string' ? value : { true: 'yes', false: 'no' }[`${value}`];

function speedDifference({ of, name, text, farApart }: Speed, was: NightMachine, is: NightMachine): string[] {
  const [then, now] = [was[of], is[of]];
  if (then === undefined || now === undefined) return [];
  return Math.max(then / now, now / then) < farApart ? [] : [changed(name, text(then), text(now))];
}

/** What is usual on the machine of some nights, oldest first: its last state, and the medians of its speeds. */
export function usualMachine(nights: readonly [MeasuredOn, ...MeasuredOn[]]): MeasuredOn {
  const [first] = nights;
  const { key, machine } = nights.at(-1) ?? first;
  const speeds = SPEEDS.flatMap(({ of }) => {
    const known = nights.flatMap((night) => night.machine?.[of] ?? []);
    return known.length > 0 ? [[of, median(known)] as const] : [];
  });
  return { key, machine: { ...machine, ...Object.fromEntries(speeds) } };
}
