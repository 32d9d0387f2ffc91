import { percentText } from '../bench/model/quantity.ts';
import { left, right, type Table } from '../bench/report/sections/section.ts';
import { stylesFor } from '../bench/report/terminal-style.ts';
import { renderTable } from '../bench/report/terminal-table.ts';
import { settled } from './simulated-year/gated-nights.ts';
import { realNights } from './simulated-year/real-nights.ts';
import {
  delay,
  driftDelay,
  droppedIndex,
  quietYear,
  stepDelay,
  upgrade,
  variation,
} from './simulated-year/scenarios.ts';

/** How the gate does over years of nights that are made of real ones: what it wakes people up for, and what it misses. */
const YEARS = 10;
const SEED = 42;
const STEPS = [1.15, 1.2, 1.3, 1.5];

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

const varies = (id: string): string => percentText(variation(basis, id));

function steps(): Table {
  return {
    caption: undefined,
    columns: [
      left('one item takes'),
      right('first night'),
      right('second night'),
      right('not'),
      left('not caught (what the item varies by in the real nights)'),
    ],
    rows: STEPS.map((factor) => {
      const delays = timed.map((item) => ({ item, nights: stepDelay(basis, item.id, factor, SEED) }));
      const missed = delays.filter(({ nights }) => nights === undefined);
      const caught = (night: number): string =>
        String(delays.filter(({ nights }) => nights === night).length);
      const names = missed
        .map(({ item }) => `${item.title} on ${item.baseline ?? ''} (${varies(item.id)})`)
        .join('; ');
      return [`${factor.toFixed(2)} times as long`, caught(1), caught(2), String(missed.length), names];
    }),
  };
}

function changes(): Table {
  const nights = (count: number | undefined): string => (count === undefined ? 'not told' : String(count));
  const drop = droppedIndex('ix_leads_score_created');
  const dropped = delay(
    settled(basis, SEED),
    () => ({ ...(drop && { change: drop }) }),
    ({ measure }) => measure !== 'time',
    2,
  );
  const noisyDrop = delay(
    settled(basis, SEED),
    () => ({ isNoisy: true, ...(drop && { change: drop }) }),
    ({ measure }) => measure !== 'time',
    2,
  );
  const slowdown = new Map([['read/shipped/example-1', 1.3]]);
  const duringNoise = delay(
    settled(basis, SEED),
    (night) => ({ isNoisy: night <= 3, slowdown }),
    ({ item }) => item === 'read/shipped/example-1',
    6,
  );
  const { first, accepted } = upgrade(basis, SEED);
  return {
    caption: undefined,
    columns: [left('what happens'), left('told after nights'), left('how')],
    rows: [
      ['an index is gone', nights(dropped), 'fails: exact'],
      ['an index is gone, in a noisy night', nights(noisyDrop), 'fails: exact; times are not judged'],
      ['1.3 times as long, beginning with three noisy nights', nights(duringNoise), 'fails: time'],
      [
        '0.2 % more every night',
        nights(driftDelay(basis, 'read/shipped/example-1', 0.002, SEED)),
        'told as drifting',
      ],
      ['another PostgreSQL', '1', `${first}; once accepted: ${accepted}`],
    ],
  };
}

process.stdout.write(`${basis.length} real nights, ${timed.length} timed items, seed ${SEED}\n\n`);
print('Nothing happens', quietYears());
print('A step', steps());
print('Something happens', changes());
