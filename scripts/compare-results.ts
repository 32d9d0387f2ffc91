import { readResult } from '../bench/cli/read-result.ts';
import { plainText } from '../bench/format/plain-text.ts';
import { UsageError } from '../bench/model/errors.ts';
import type { Result } from '../bench/model/result.ts';
import { isDeepStrictEqual } from 'node:util';
import { asProgram } from './as-program.ts';

const COMMAND = 'compare:results';

/**
 * The results that are equal for the same seed on every machine: counters, plan signatures, checksums of rows and
 * answers.
 */
const EXACT = new Set(['counters', 'signature', 'sha256']);

/**
 * Compares the exact figures of two runs with the same seed: counters, plans, checksums. Times are ignored. A change
 * to the harness that keeps its measurements shows no difference. `npm run compare:results -- <result.json>
 * <result.json>`
 *
 * @returns one line for the whole, and one for every difference
 * @throws UsageError when the results differ in suite, seed, scale or workload
 */
export function compareResults(first: Result, second: Result): { differences: Difference[]; text: string } {
  checkComparable(first, second);
  const differences = differencesOf(first, second);
  const count = new Set([...exactFigures(first).keys(), ...exactFigures(second).keys()]).size;
  const head = `${differences.length} of ${count} exact figures differ`;
  return { differences, text: [head, ...differences.map(lineOf)].map(plainText).join('\n') };
}

function checkComparable({ run: first }: Result, { run: second }: Result): void {
  const facts = [
    ['suite', first.suite.name, second.suite.name],
    ['seed', first.seed, second.seed],
    ['scale', first.scale, second.scale],
    ['workload', first.workload, second.workload],
  ] as const;
  const problems = facts
    .filter(([, one, other]) => one !== other)
    .map(([fact, one, other]) => `${COMMAND}: ${fact} ${one} and ${other}: both have to be the same`);
  if (problems.length > 0) throw new UsageError(problems);
}

const lineOf = ({ place, first, second }: Difference): string =>
  `${place}: ${shown(first)} and ${shown(second)}`;

const shown = (figure: unknown): string => (figure === undefined ? 'missing' : JSON.stringify(figure));

interface Difference {
  /** Its path, by ids and names: `reads/example-1 (shipped)/plans/after/signature`. */
  place: string;
  /** Undefined where it is missing. */
  first: unknown;
  second: unknown;
}

/** The exact figures that differ between two results, and those that only one of them has. */
function differencesOf(first: Result, second: Result): Difference[] {
  const [one, other] = [exactFigures(first), exactFigures(second)];
  return [...new Set([...one.keys(), ...other.keys()])]
    .map((place) => ({ place, first: one.get(place), second: other.get(place) }))
    .filter((pair) => !isDeepStrictEqual(pair.first, pair.second));
}

/** Every exact figure by its path. */
function exactFigures(result: Result): Map<string, unknown> {
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

/** Counters one by one: a difference names its counter. */
function leaves(value: unknown, place: string, figures: Map<string, unknown>): void {
  if (typeof value !== 'object' || value === null) figures.set(place, value);
  else
    for (const [key, part] of Object.entries(value))
      leaves(part, `${place}/${Array.isArray(value) ? nameOf(part, key) : key}`, figures);
}

/** Items of a list are identified by id or name: another version may list them in another order. */
function nameOf(part: unknown, position: string): string {
  const { id, name, index, title, table, baseline } = part as Record<string, unknown>;
  const [own] = [id, name, index, title, table].filter((text) => typeof text === 'string');
  return `${own ?? position}${typeof baseline === 'string' ? ` (${baseline})` : ''}`;
}

async function main([first, second, ...others]: readonly string[]): Promise<number> {
  if (first === undefined || second === undefined || others.length > 0)
    throw new UsageError([`${COMMAND}: name two result.json, or the directories of two runs`]);
  const { differences, text } = compareResults(
    await readResult(COMMAND, first),
    await readResult(COMMAND, second),
  );
  console.log(text);
  return differences.length > 0 ? 1 : 0;
}

if (process.argv[1] === import.meta.filename) await asProgram(() => main(process.argv.slice(2)));
