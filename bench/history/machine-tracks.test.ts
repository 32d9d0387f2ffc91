import { describe, expect, test } from 'vitest';
import { acceptanceOf, judgeNight } from './gate.ts';
import type { Night, NightItem, NightMachine } from '../model/night.ts';
import { bystanders, night, readTaking, usualNights, writeLogging } from './night.fixture.ts';

const MACHINE: NightMachine = {
  memoryBytesPerSecond: 17e9,
  scanMs: 0.25,
  loopMs: 1.87,
  stealShare: 0,
  power: { governor: 'performance', boost: true },
};
const NIGHTS = usualNights(25).map((one) => ({ ...one, machine: MACHINE }));

interface Changes {
  read?: NightItem;
  records?: number;
  hardware?: string;
  machine?: NightMachine | undefined;
}
function tonight({ read = readTaking(0.2), records = 1_097, ...changes }: Changes = {}, ordinal = 25): Night {
  const key = changes.hardware === undefined ? {} : { hardware: changes.hardware };
  const { machine = MACHINE } = changes;
  const slow = night(ordinal, [read, writeLogging(records)], key);
  return { ...slow, machine, confirmation: [read, ...bystanders()] };
}
const whyNotJudged = (one: Night, before: readonly Night[] = NIGHTS): string | undefined => {
  const { timing } = judgeNight(before, one);
  return timing.state === 'off' ? timing.cause : undefined;
};
const findingsOf = (one: Night, before: readonly Night[] = NIGHTS): string[] =>
  judgeNight(before, one).findings.map(({ state, measure }) => `${state} ${measure}`);

describe('a night on another machine', () => {
  const NOT = 'not comparable, because the machine is not that of the nights before:';

  test.each<[string, Changes, string]>([
    [
      'another processor',
      { hardware: 'Other CPU, 2 cores, 8 GB' },
      'hardware was Example CPU, 2 cores, 8 GB, and is Other CPU, 2 cores, 8 GB now',
    ],
    [
      'memory that is far slower',
      { machine: { ...MACHINE, memoryBytesPerSecond: 6e9 } },
      'memory bandwidth was 17.0 GB/s, and is 6.00 GB/s now',
    ],
    [
      'memory that is far slower during the run',
      { machine: { ...MACHINE, scanMs: 0.7 } },
      'the reference scan of memory was 0.250 ms, and is 0.700 ms now',
    ],
    [
      'slower cores',
      { machine: { ...MACHINE, loopMs: 2.5 } },
      'the reference loop of a core was 1.87 ms, and is 2.50 ms now',
    ],
    [
      'another governor, and no boost',
      { machine: { ...MACHINE, power: { governor: 'powersave', boost: false } } },
      'governor was performance, and is powersave now; boost was yes, and is no now',
    ],
  ])('is told by %s: its times are not judged', (_, changes, difference) => {
    expect(whyNotJudged(tonight(changes))).toBe(`${NOT} ${difference}`);
    expect(findingsOf(tonight(changes))).toEqual([]);
    expect(findingsOf(tonight())).toEqual(['failed time']);
  });

  test('is judged by its counts', () => {
    const gate = judgeNight(NIGHTS, tonight({ hardware: 'Other CPU', records: 2_000 }));
    expect(gate).toMatchObject({ state: 'failed', nights: 25, findings: [{ measure: 'WAL records after' }] });
  });

  test('is compared with the nights on that machine, once there are enough', () => {
    const others = usualNights(33)
      .slice(25)
      .map((one) => ({ ...one, key: { ...one.key, hardware: 'Other CPU' } }));
    const slow = tonight({ hardware: 'Other CPU' }, 33);
    expect(judgeNight([...NIGHTS, ...others.slice(1)], slow).timing).toEqual({
      state: 'advisory',
      nightsMissing: 1,
    });
    expect(judgeNight([...NIGHTS, ...others], slow).timing).toEqual({ state: 'judged', nights: 8 });
    expect(findingsOf(slow, [...NIGHTS, ...others])).toEqual(['failed time']);
    expect(findingsOf(tonight({}, 33), [...NIGHTS, ...others])).toEqual(['failed time']);
  });

  test('takes the acceptance of a time on its own machine', () => {
    const slow = tonight();
    const history = [...NIGHTS, slow, acceptanceOf(judgeNight(NIGHTS, slow), 'intended', new Date(0))];
    expect(judgeNight(history, tonight({}, 26)).findings).toEqual([]);
  });
});

describe('the same machine', () => {
  test.each<[string, NightMachine | undefined]>([
    ['in a night before machines were checked', undefined],
    ['whose memory others use, too', { ...MACHINE, memoryBytesPerSecond: 8e9, scanMs: 0.5 }],
    ['that does not tell its power', { ...MACHINE, power: {} }],
  ])('%s, is comparable', (_, machine) => {
    const slow = tonight();
    expect(findingsOf(machine ? { ...slow, machine } : { ...slow, machine })).toEqual(['failed time']);
  });

  test('is unreliable in a night in which its time was stolen', () => {
    const stolen = tonight({ machine: { ...MACHINE, stealShare: 0.12 } });
    expect(whyNotJudged(stolen)).toBe(
      "the hypervisor of this night's machine gave 12.0 % of the time to others",
    );
    expect(findingsOf(stolen)).toEqual([]);
  });
});
