import { isDeepStrictEqual } from 'node:util';
import type { Result } from '../bench/model/result.ts';

/** What the same seed gives on every machine: counters, the shape of plans, checksums of rows and answers. */
const EXACT = new Set(['counters', 'signature', 'sha256']);

export interface Difference {
  /** Where it stands, by ids and names: `reads/example-1 (shipped)/plans/after/signature`. */
  place: string;
  /** Undefined where it is missing. */
  first: unknown;
  second: unknown;
}

/** The exact figures in which two results differ, and those that only one of them has. */
export function differencesOf(first: Result, second: Result): Difference[] {
  const [one, other] = [exactFigures(first), exactFigures(second)];
  return [...new Set([...one.keys(), ...other.keys()])]
    .map((place) => ({ place, first: one.get(place), second: other.get(place) }))
    .filter((pair) => !isDeepStrictEqual(pair.first, pair.second));
}

/** Every exact figure by its place. */
export function exactFigures(result: Result): Map<string, unknown> {
  const figures = new Map<string, unknown>();
  const collect = (value: unknown, place: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      const below = [place, Array.isArray(value) ? nameOf(part, key) : key].filter(Boolean).join('/');
      if (EXACT.has(key) && part !== undefined) leaves(part, below, figures);
      else collect(part, below);
    }
  };
  collect(result, '');
  return figures;
}

/** Counters one by one, so that a difference names the one that differs. */
function leaves(value: unknown, place: string, figures: Map<string, unknown>): void {
  if (typeof value !== 'object' || value === null) figures.set(place, value);
  else
    for (const [key, part] of Object.entries(value))
      leaves(part, `${place}/${Array.isArray(value) ? nameOf(part, key) : key}`, figures);
}

/** Items of a list go by what they are called, since another version may list them in another sequence. */
function nameOf(part: unknown, position: string): string {
  const { id, name, index, title, table, baseline } = part as Record<string, unknown>;
  const [own] = [id, name, index, title, table].filter((text) => typeof text === 'string');
  return `${own ?? position}${typeof baseline === 'string' ? ` (${baseline})` : ''}`;
}
