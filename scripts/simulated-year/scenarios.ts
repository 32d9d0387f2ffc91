import { mean } from '../../bench/model/averages.ts';
import { indexed } from '../../bench/history/departure.ts';
import { judgeNight } from '../../bench/history/gate.ts';
import { paceOf, type NightItems } from '../../bench/history/pace.ts';
import { BAND_NIGHTS, departure } from '../../bench/history/timing.ts';
import { UsualTime } from '../../bench/history/usual-time.ts';
import { most } from '../../bench/model/extent.ts';
import type { Finding } from '../../bench/model/gate.ts';
import type { Acceptance, Night, NightItem } from '../../bench/model/night.ts';
import { GatedNights, settled } from './gated-nights.ts';
import { randomFor } from '../../seed/random.ts';
import { simulatedNight, type Injection } from './simulated-night.ts';

const failedIn = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ state }) => state === 'failed');

/** False alarms in a year without changes, in nights. */
export interface QuietYear {
  exactAlarms: number;
  timingAlarms: number;
  suspicions: number;
}

export function quietYear(basis: readonly Night[], seed: number, nights = 365): QuietYear {
  const year = new GatedNights(basis, seed);
  const count = { exactAlarms: 0, timingAlarms: 0, suspicions: 0 };
  for (let night = 0; night < nights; night += 1) {
    const { findings } = year.next();
    const failed = failedIn(findings);
    if (failed.some(({ measure }) => measure !== 'time')) count.exactAlarms += 1;
    if (failed.some(({ measure }) => measure === 'time')) count.timingAlarms += 1;
    if (findings.some(({ state }) => state === 'suspected')) count.suspicions += 1;
  }
  return count;
}

/** Nights from a change until the gate fails because of it; undefined when it does not within `within` nights. */
export function delay(
  year: GatedNights,
  injection: (night: number) => Injection,
  isMeant: (finding: Finding) => boolean,
  within: number,
): number | undefined {
  for (let night = 1; night <= within; night += 1) {
    const { findings } = year.next(injection(night));
    if (failedIn(findings).some(isMeant)) return night;
  }
  return undefined;
}

/** The gate's reaction to one item that suddenly takes `factor` times as long. */
export function stepDelay(
  basis: readonly Night[],
  id: string,
  factor: number,
  seed: number,
): number | undefined {
  const slowdown = new Map([[id, factor]]);
  return delay(
    settled(basis, seed),
    () => ({ slowdown }),
    (found) => found.item === id,
    2,
  );
}

/** The largest distance of an item's steadier time from its median in the real nights, as a fraction. */
export function variation(basis: readonly Night[], id: string): number {
  const nights = basis.map(({ items }) => indexed(items));
  const deviations = nights.map((items) => {
    const usual = UsualTime.in(nights, id, paceOf(items));
    return usual ? Math.abs(mean(usual.shiftsIn([items])) - usual.band.median) : 0;
  });
  return Math.exp(most(deviations)) - 1;
}

/**
 * How often, as a fraction, a step stays invisible: the mean of all four measurements of two nights shows less than a
 * tenth, or no more than an earlier night showed by itself. No gate that ignores such nights can catch it.
 */
export function hiddenShare(basis: readonly Night[], id: string, factor: number, seed: number): number {
  const random = randomFor(seed, `steps of ${id}`);
  const measured = (injection: Injection): NightItems => {
    const night = basis[Math.floor(random() * basis.length)];
    return indexed(night ? simulatedNight(night, 0, injection, random).items : []);
  };
  const isHidden = (): boolean => {
    const nights = Array.from({ length: BAND_NIGHTS }, () => measured({}));
    const slow = Array.from({ length: 4 }, () => measured({ slowdown: new Map([[id, factor]]) }));
    const usual = UsualTime.in(nights, id, paceOf(slow[0] ?? new Map()));
    return usual !== undefined && departure(mean(usual.shiftsIn(slow)), usual.band) !== 'worse';
  };
  const trials = Array.from({ length: 200 }, isHidden);
  return trials.filter(Boolean).length / trials.length;
}

/** A little slower every night: reported as a drift, which does not fail. */
export function driftDelay(
  basis: readonly Night[],
  id: string,
  perNight: number,
  seed: number,
): number | undefined {
  const year = settled(basis, seed);
  for (let night = 1; night <= 340; night += 1) {
    const { findings } = year.next({ slowdown: new Map([[id, (1 + perNight) ** night]]) });
    if (findings.some(({ item, state }) => item === id && (state === 'drifting' || state === 'failed')))
      return night;
  }
  return undefined;
}

/** An index of the candidate is missing: in the catalog, and in the plans that used it. */
export function droppedIndex(name: string): Injection['change'] {
  return (item: NightItem) => {
    if (item.id === `index/${name}`) return undefined;
    if (!String(item.exact['indexes used'] ?? '').includes(name)) return item;
    const blocks = Number(item.exact['blocks after']) * 10;
    return {
      ...item,
      exact: { ...item.exact, 'plan after': 'Seq Scan', 'indexes used': 'no index', 'blocks after': blocks },
    };
  };
}

/** The gate's answer for the first night on another PostgreSQL, and for the night after that is accepted. */
export function upgrade(basis: readonly Night[], seed: number): { first: string; accepted: string } {
  const year = settled(basis, seed);
  const { night: last } = year.next();
  const { night: upgraded } = year.next({ key: { PostgreSQL: '19.1' } });
  const history = [last, upgraded];
  const first = judgeNight(history, upgraded).state;
  const acceptance: Acceptance = {
    kind: 'acceptance',
    at: upgraded.startedAt,
    run: upgraded.run,
    reason: 'PostgreSQL 19',
    scope: 'series',
    findings: [],
  };
  const { night: next } = year.next({ key: { PostgreSQL: '19.1' } });
  return { first, accepted: judgeNight([...history, acceptance], next).state };
}
