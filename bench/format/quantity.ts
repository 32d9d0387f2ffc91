import type { PerArm } from '../model/arm.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Mix } from '../model/migration.ts';
import type { Machine } from '../model/run.ts';

/** How quantities are written, in every format. An estimate never appears without its interval. */

/** Digits after the point for three significant digits; none from 100 on. */
const decimals = (value: number): number =>
  Math.max(0, Math.min(3, 2 - Math.floor(Math.log10(Math.abs(value) || 1))));

/** "0.123", "45.6", "1,234": three significant digits, no unit. */
export const significant = (value: number): string =>
  decimals(value) > 0 ? value.toFixed(decimals(value)) : count(Math.round(value));

/** "3.42x" and "[3.10, 3.71]": the interval has as many decimals as the point. */
export function ratio({ point, low, high }: Estimate): { point: string; interval: string } {
  const places = point > 0.1 ? Math.min(2, decimals(point)) : 3;
  return {
    point: `${figure(point, places)}x`,
    interval: `[${ratioEnd(low, places)}, ${ratioEnd(high, places)}]`,
  };
}

/** An end that would read as zero gets more digits: no ratio is zero. */
const ratioEnd = (value: number, places: number): string =>
  figure(value, Number(value.toFixed(places)) === 0 ? 3 : places);

/** "+4.1 %" and "[+2.0, +6.3]", from fractions. */
export function overhead({ point, low, high }: Estimate): { point: string; interval: string } {
  return { point: `${signedPercent(point)} %`, interval: `[${signedPercent(low)}, ${signedPercent(high)}]` };
}

export const ratioText = (estimate: Estimate): string => Object.values(ratio(estimate)).join(' ');
export const overheadText = (estimate: Estimate): string => Object.values(overhead(estimate)).join(' ');

function signedPercent(fraction: number): string {
  const text = figure(fraction * 100, 1);
  if (Number(text) === 0) return '0.0';
  return fraction < 0 ? text : `+${text}`;
}

/** "1.83k", "12.3M": three significant digits. */
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** At most six characters besides a sign, whatever the value: "9.95", "1,834", "12.3k", "2e300". */
function figure(value: number, places: number): string {
  const size = Math.abs(value);
  if (size < 999.95) return value.toFixed(places);
  if (size < 9_999.5) return count(Math.round(value));
  return size < 1e12 ? COMPACT.format(value).replace('K', 'k') : value.toExponential(0).replace('e+', 'e');
}

/** "+12.3 %", from a fraction: for counted values, which need no interval. */
export const changeText = (fraction: number): string => `${signedPercent(fraction)} %`;

/** "12.3 %", from a fraction. */
export const percentText = (fraction: number): string => `${(fraction * 100).toFixed(1)} %`;

/** "92.0 % -> 3.0 %", from shares of updates that are HOT. */
export const hotText = ({ before, after }: PerArm<number>): string =>
  `${percentText(before)} -> ${percentText(after)}`;

/** "0.123 ms", "45.6 ms": three significant digits. */
export const milliseconds = (value: number): string => `${significant(value)} ms`;

/** "0.123 ms [0.120, 0.127]". */
export const durationText = ({ point, low, high }: Estimate): string =>
  `${milliseconds(point)} [${significant(low)}, ${significant(high)}]`;

/** "45.6 ms", "12.3 s", "1.20 h": of many executions together. */
export const longDuration = (ms: number): string => {
  const unit = longUnit(ms);
  return `${significant(ms / unit.ms)} ${unit.name}`;
};

/** "12.3 s [11.9, 12.8]": the unit is that of the point. */
export function longDurationText({ point, low, high }: Estimate): string {
  const unit = longUnit(point);
  return `${longDuration(point)} [${significant(low / unit.ms)}, ${significant(high / unit.ms)}]`;
}

const LONG_UNITS = [
  { name: 'h', ms: 3_600_000 },
  { name: 's', ms: 1_000 },
  { name: 'ms', ms: 1 },
] as const;

const longUnit = (ms: number): { name: string; ms: number } =>
  LONG_UNITS.find((unit) => Math.abs(ms) >= unit.ms) ?? LONG_UNITS[2];

/** "4.1 s". */
export const seconds = (value: number): string => `${value.toFixed(1)} s`;

/** "190,000". */
export const count = (value: number): string => value.toLocaleString('en-US');

/** "1 row", "10,000 rows". */
export const counted = (number: number, noun: string, plural = `${noun}s`): string =>
  `${count(number)} ${number === 1 ? noun : plural}`;

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** "12.4 MB", in powers of 1,024 as PostgreSQL counts them. */
export function bytes(value: number): string {
  const power = value < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log2(value) / 10));
  return `${power === 0 ? String(value) : significant(value / 1024 ** power)} ${BYTE_UNITS[power] ?? 'B'}`;
}

/** One unit for a whole column, that of its largest value, and a figure in this unit: sizes compare at a glance. */
export function byteUnit(values: readonly number[]): { name: string; of: (value: number) => string } {
  const largest = Math.max(1, ...values);
  const power = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log2(largest) / 10));
  return { name: BYTE_UNITS[power] ?? 'B', of: (value) => significant(value / 1024 ** power) };
}

/** Follows a number of cores: the allowed ones, where some are not allowed. */
export const onlyAllowed = ({ allowedCores }: Pick<Machine, 'allowedCores'>): string =>
  allowedCores === undefined ? '' : ` (only ${allowedCores} allowed)`;

/** Reads to writes, the smaller of both as 1: "4:1", "1:12.5". */
export function mixText({ reads, writes }: Mix): string {
  const unit = Math.min(reads, writes) || Math.max(reads, writes);
  return [reads, writes].map((share) => rounded(share / unit)).join(':');
}

const rounded = (value: number): string => (Number.isInteger(value) ? count(value) : significant(value));
