import type { Numbering } from './numbers.ts';

const FULL = 32;

/** inet and cidr of version 4 with one length of their prefix; undefined for others. */
export function addresses(samples: readonly string[]): Numbering | undefined {
  const known = samples.map((text) => /^(\d+)\.(\d+)\.(\d+)\.(\d+)(?:\/(\d+))?$/.exec(text));
  const prefixes = new Set(known.map((found) => found?.[5] ?? FULL));
  if (known.includes(null) || prefixes.size > 1) return undefined;
  const [prefix = FULL] = [...prefixes].map(Number);
  const steps = 2 ** (FULL - prefix);
  return {
    read: (text) => text.split(/[./]/, 4).reduce((sum, part) => sum * 256 + Number(part), 0) / steps,
    write: (value) => addressText(value * steps) + (prefix === FULL ? '' : `/${prefix}`),
    unit: 1,
    isStretched: false,
  };
}

const addressText = (value: number): string =>
  [24, 16, 8, 0].map((bits) => Math.floor(value / 2 ** bits) % 256).join('.');
