import { percentText } from '../bench/format/quantity.ts';
import type { Finding } from '../bench/model/gate.ts';
import type { NightItem } from '../bench/model/night.ts';
import { left, right, type Table } from '../bench/report/sections/section.ts';
import { stylesFor } from '../bench/report/formats/terminal/terminal-style.ts';
import { renderTable } from '../bench/report/formats/terminal/terminal-table.ts';
import { settled } from './simulated-year/gated-nights.ts';
import { realNights } from './simulated-year/real-nights.ts';
import {
  delay,
  driftDelay,
  droppedIndex,
  hiddenShare,
  quietYear,
  stepDelay,
  upgrade,
  variation,
} from './simulated-year/scenarios.ts';
import type { Injection } from './simulated-year/simulated-night.ts';

/** How the gate performs over years of nights drawn from real ones: false alarms and missed changes. */
const YEARS = 10;
const SEED = 42;
const STEPS = [1.15, 1.2, 1.3, 1.5];
const TRIALS = 10;

const basis = realNights();
const timed = (basis[0]?.items ?? []).filter((item) => item.timed);
const print = (title: string, table: Table): void => {
  process.stdout.write(`${title}\n${renderTable(table, 118, stylesFor(false))}\n\n`);
};

function quietYears(): Table {
  const years = Array.from({ length: YEARS }, (_, year) => quietYear(basis, SEED + year));
  const sum = (of: (year: (typeof years)[number]) => number): string =>
    (years.reduce((so, year) => so + of(year), 0) / YEARS).toFixed(1);
  return {
    caption: undefined,
    columns: [left('of 365 nights, on average'), right('nights')],
    rows: [
      ['failed by something exact', sum((year) => year.exactAlarms)],
      ['failed by a time', sum((year) => year.timingAlarms)],
      ['with a time suspected, and not failed', sum((year) => year.suspicions)],
    ],
  };
}

const hidden = ({ id }: NightItem, factor: number): string =>
  percentText(hiddenShare(basis, id, factor, SEED));

/** Nights until the gate fails because of a step, for each trial; undefined where it does not within two. */
type Delays = readonly (number | undefined)[];

const delaysOf = (item: NightItem, factor: number): Delays =>
  Array.from({ length: TRIALS }, (_, trial) => stepDelay(basis, item.id, factor, SEED + trial));

const steps = timed.map((item) => ({ item, delays: STEPS.map((factor) => delaysOf(item, factor)) }));

const isAlwaysCaught = (delays: Delays): boolean => delays.every((nights) => nights !== undefined);

const share = (count: number, of: number): string => `${((100 * count) / of).toFixed(1)} %`;

const longer = (factor: number): string => `${factor.toFixed(2)} times`;

function stepTable(): Table {
  return {
    caption: undefined,
    columns: [
      left('one item takes'),
      ...['first night', 'second night', 'not', 'items that it is always caught of'].map(right),
    ],
    rows: STEPS.map((factor, position) => {
      const ofItems = steps.map(({ delays }) => delays[position] ?? []);
      const all = ofItems.flat();
      const after = (nights: number | undefined): string =>
        share(all.filter((delay) => delay === nights).length, all.length);
      const always = `${ofItems.filter(isAlwaysCaught).length} of ${ofItems.length}`;
      return [`${longer(factor)} as long`, after(1), after(2), after(undefined), always];
    }),
  };
}

/** The variation between nights hides a step that is no larger. */
function restlessTable(): Table {
  const restless = steps.filter(({ delays }) => !delays.every(isAlwaysCaught));
  const caught = (delays: Delays): string =>
    share(delays.filter((nights) => nights !== undefined).length, delays.length);
  return {
    caption: undefined,
    columns: [
      left('caught of'),
      right('varies by'),
      ...STEPS.flatMap((factor) => [right(longer(factor)), right('hidden')]),
    ],
    rows: restless.map(({ item, delays }) => [
      `${item.title} on ${item.baseline ?? ''}`,
      percentText(variation(basis, item.id)),
      ...delays.flatMap((ofStep, position) => [caught(ofStep), hidden(item, STEPS[position] ?? 1)]),
    ]),
  };
}

const EXAMPLE = 'read/shipped/example-1';
const ELSEWHERE: Injection = { key: { hardware: 'another processor' } };

const isExact = ({ measure }: Finding): boolean => measure !== 'time';
const isExample = ({ item }: Finding): boolean => item === EXAMPLE;

const told = (nights: number | undefined): string => (nights === undefined ? 'not told' : String(nights));

/** Nights until the gate fails because of what is meant, of at most this many. */
const failsAfter = (
  injection: Parameters<typeof delay>[1],
  isMeant: Parameters<typeof delay>[2],
  within: number,
): string => told(delay(settled(basis, SEED), injection, isMeant, within));

function changes(): Table {
  const change = droppedIndex('ix_leads_score_created');
  const drop: Injection = { ...(change && { change }) };
  const slow: Injection = { slowdown: new Map([[EXAMPLE, 1.3]]) };
  const { first, accepted } = upgrade(basis, SEED);
  const exactOnly = 'fails: exact; times are not judged';
  return {
    caption: undefined,
    columns: [left('what happens'), left('told after nights'), left('how')],
    rows: [
      ['an index is gone', failsAfter(() => drop, isExact, 2), 'fails: exact'],
      [
        'an index is gone, in a noisy night',
        failsAfter(() => ({ ...drop, isNoisy: true }), isExact, 2),
        exactOnly,
      ],
      [
        'an index is gone, on another processor',
        failsAfter(() => ({ ...drop, ...ELSEWHERE }), isExact, 2),
        exactOnly,
      ],
      [
        '1.3 times as long, beginning with three noisy nights',
        failsAfter((night) => ({ ...slow, isNoisy: night <= 3 }), isExample, 6),
        'fails: time',
      ],
      [
        '1.3 times as long, beginning with three nights on another processor',
        failsAfter((night) => ({ ...slow, ...(night <= 3 && ELSEWHERE) }), isExample, 6),
        'fails: time',
      ],
      ['0.2 % more every night', told(driftDelay(basis, EXAMPLE, 0.002, SEED)), 'told as drifting'],
      ['another PostgreSQL', '1', `${first}; once accepted: ${accepted}`],
    ],
  };
}

process.stdout.write(
  `${basis.length} real nights, ${timed.length} timed items, seed ${SEED}, ${TRIALS} trials of each step\n\n`,
);
print('Nothing happens', quietYears());
print('A step', stepTable());
print('Items that vary too much for small steps (hidden: how often one leaves no trace)', restlessTable());
print('Something happens', changes());
