import type { Numbering } from './numbers.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** Microseconds of `HH:MM:SS`, with a fraction or without. */
function clock(text: string): number {
  const [, hours = '0', minutes = '0', seconds = '0'] = /(\d+):(\d\d):(\d\d(?:\.\d+)?)/.exec(text) ?? [];
  return Number(hours) * HOUR + Number(minutes) * MINUTE + Math.round(Number(seconds) * SECOND);
}

function clockText(micros: number): string {
  const seconds = Math.floor(micros / SECOND);
  const minutes = Math.floor(seconds / 60);
  const fraction = micros - seconds * SECOND;
  const text = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return fraction > 0 ? `${text}.${String(fraction).padStart(6, '0')}` : text;
}

const OFFSET = /([+-])(\d\d)(?::(\d\d))?(?: BC)?$/;

/** Microseconds that a time zone is ahead of UTC. */
function offset(text: string): number {
  const [, sign, hours = '0', minutes = '0'] = /:\d\d/.test(text) ? (OFFSET.exec(text) ?? []) : [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
}

/** Days since 1970; 0 for infinity, and for a year before our era. */
function days(text: string): number {
  const [, year, month, day] = /^(\d{4,})-(\d\d)-(\d\d)/.exec(text) ?? [];
  if (year === undefined || text.endsWith('BC')) return 0;
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000;
}

/** Making a date's text takes longer than all else; most rows share few of them. */
const dayTexts = new Map<number, string>();
const MOST_KEPT = 100_000;

function dayText(value: number): string {
  const known = dayTexts.get(value);
  if (known !== undefined) return known;
  const iso = new Date(value * 86_400_000).toISOString();
  const text = iso.startsWith('+') ? iso.slice(2, iso.indexOf('T')) : iso.slice(0, 10);
  if (dayTexts.size < MOST_KEPT) dayTexts.set(value, text);
  return text;
}

/** As few of them as all known values need: whole days, seconds, milliseconds. */
function unitOf(samples: readonly string[], micros: (text: string) => number): number {
  const units = [DAY, HOUR, MINUTE, SECOND, 1000];
  return units.find((unit) => samples.every((text) => micros(text) % unit === 0)) ?? 1;
}

const inUnits = (
  samples: readonly string[],
  micros: (text: string) => number,
  write: (micros: number) => string,
): Numbering => {
  const unit = samples.length > 1 ? unitOf(samples, micros) : SECOND;
  return {
    read: (text) => Math.round(micros(text) / unit),
    write: (value) => write(value * unit),
    unit: SECOND / unit,
    isStretched: false,
  };
};

export const dates = (): Numbering => ({ read: days, write: dayText, unit: 1, isStretched: false });

export const timestamps = (samples: readonly string[], zone: '' | '+00'): Numbering =>
  inUnits(
    samples,
    (text) => days(text) * DAY + clock(text) - offset(text),
    (micros) => {
      const day = Math.floor(micros / DAY);
      return `${dayText(day)} ${clockText(micros - day * DAY)}${zone}`;
    },
  );

export const times = (samples: readonly string[], zone: '' | '+00'): Numbering =>
  inUnits(
    samples,
    (text) => clock(text) - offset(text),
    (micros) => clockText(((micros % DAY) + DAY) % DAY) + zone,
  );

/** A month is 30 days, as PostgreSQL compares intervals. */
function intervalMicros(text: string): number {
  const part = (unit: string): number => Number(new RegExp(`(-?\\d+) ${unit}`).exec(text)?.[1] ?? 0);
  const sign = /-\d+:\d\d:/.test(text) ? -1 : 1;
  return (part('year') * 360 + part('mon') * 30 + part('day')) * DAY + sign * clock(text);
}

export const intervals = (samples: readonly string[]): Numbering =>
  inUnits(samples, intervalMicros, (micros) => {
    const day = Math.floor(micros / DAY);
    return `${day} days ${clockText(micros - day * DAY)}`;
  });
