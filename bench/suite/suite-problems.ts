import { pathOf } from '../model/file-location.ts';
import { fileProblem } from '../system/named-file.ts';
import { SuiteShape } from './suite-shape.ts';
import { reasonOf } from './thrown.ts';

/** More than anybody reads at once; a module of another kind altogether may have a problem in every element. */
const MOST_PROBLEMS = 20;

/** What keeps the default export of a module from being a suite. */
export function suiteProblems(suite: unknown): string[] {
  if (suite === undefined)
    return ['the module has no default export; export the value of defineSuite({...})'];
  const problems = allProblems(suite);
  const rest = problems.length - MOST_PROBLEMS;
  return rest > 0 ? [...problems.slice(0, MOST_PROBLEMS), `and ${rest} more`] : problems;
}

function allProblems(suite: unknown): string[] {
  try {
    const parsed = SuiteShape.safeParse(suite);
    if (!parsed.success) return parsed.error.issues.map(issueText);
    return [...repeatedIds(parsed.data), ...unknownIds(parsed.data), ...missingFiles(parsed.data)];
  } catch (error) {
    // A property of a stranger's object may be a getter, and that may throw.
    return [`the suite cannot be read: ${reasonOf(error)}`];
  }
}

const issueText = ({ path, message }: { path: PropertyKey[]; message: string }): string =>
  `${path.map(String).join('.') || 'the default export'}: ${message}`;

function repeatedIds({ reads, writes, opportunities = [], claims = [] }: SuiteShape): string[] {
  const repeated = (what: string, ids: readonly string[]): string[] =>
    repetitions(ids).map((id) => `two ${what} have the id "${id}"`);
  const idsOf = (entries: readonly { id: string }[]): string[] => entries.map(({ id }) => id);
  const proposed = opportunities.flatMap((opportunity) => [...opportunity.reads, ...opportunity.writes]);
  return [
    ...repeated('items', idsOf([...reads, ...writes, ...proposed])),
    ...repeated('claims', idsOf(claims)),
  ];
}

/** Each id that is there more than once. */
function repetitions(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(ids.filter((id) => seen.size === seen.add(id).size))];
}

function unknownIds({ reads, writes, canaries, goals, concurrentWrite }: SuiteShape): string[] {
  const ids = new Set([...reads, ...writes].map(({ id }) => id));
  return Object.entries({
    canaries,
    goals: goals.map(({ read }) => read),
    concurrentWrite: concurrentWrite === undefined ? [] : [concurrentWrite],
  }).flatMap(([list, named]) =>
    named.filter((id) => !ids.has(id)).map((id) => `${list}: no item has the id "${id}"`),
  );
}

function missingFiles({ migrations, candidate, dataset, opportunities = [] }: SuiteShape): string[] {
  const proposed = opportunities.flatMap(({ asWritten, nearest }) => [asWritten, nearest]);
  const files = [...migrations, candidate.up, candidate.down, dataset.age, ...proposed];
  return files.map(pathOf).flatMap((file) => fileProblem(file) ?? []);
}
