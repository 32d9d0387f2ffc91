import { explainFailure } from '../bench/cli/failure.ts';
import { readResult } from '../bench/cli/read-result.ts';
import { plainText } from '../bench/format/plain-text.ts';
import { UsageError } from '../bench/model/errors.ts';
import type { Result } from '../bench/model/result.ts';
import { differencesOf, exactFigures, type Difference } from './exact-figures.ts';

const COMMAND = 'compare:results';

/**
 * Compares what two runs of the same seed count: counters, plans, checksums. Times are left out. A change to the harness
 * that measures the same as before leaves no difference. `npm run compare:results -- <result.json> <result.json>`
 *
 * @returns a line for the whole, and one for every difference
 * @throws UsageError when the results are not of the same suite, seed, scale and workload
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

if (process.argv[1] === import.meta.filename)
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    const { text, exitCode } = explainFailure(error);
    process.stderr.write(text);
    process.exitCode = exitCode;
  }
