import { UsageError } from '../model/errors.ts';
import { Result, SCHEMA_VERSION } from '../model/result.ts';
import { plainText, shortened } from '../model/plain-text.ts';

const MOST_PROBLEMS = 10;

/** Of one problem: keys of the file are in it, and a key can be as long as the file. */
const MOST_CHARACTERS = 300;

/** Far more than any plan is deep, each of whose nodes takes two; what is checked node by node has to end. */
const DEEPEST = 400;

/**
 * Reads a result.json.
 *
 * @param path of the file, for messages
 * @throws UsageError with what is wrong with it, at most ten problems
 */
export function parseResult(text: string, path: string): Result {
  const problem = (what: string): UsageError => new UsageError([`${path}: ${inBrief(what)}`]);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw problem(`not JSON: ${(error as Error).message}`);
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (version === undefined) throw problem('not a result.json: it has no schemaVersion');
  if (isDeeper(value, DEEPEST)) throw problem(`not a result.json: it is nested over ${DEEPEST} levels deep`);
  if (version !== SCHEMA_VERSION)
    throw problem(`schemaVersion is ${JSON.stringify(version)}, not ${SCHEMA_VERSION}`);
  const parsed = Result.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(listProblems(path, parsed.error.issues));
}

const inBrief = (text: string): string => plainText(shortened(text, MOST_CHARACTERS));

/** Goes down level by level: recursion would itself not come back from where this is to warn of. */
function isDeeper(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= levels && level.length > 0; depth += 1)
    level = level.flatMap((part): unknown[] =>
      typeof part === 'object' && part !== null ? Object.values(part) : [],
    );
  return level.length > 0;
}

/** Keys of the file are in the messages: they are shown on a terminal as text, whatever they hold. */
function listProblems(path: string, issues: readonly { path: PropertyKey[]; message: string }[]): string[] {
  const shown = issues
    .slice(0, MOST_PROBLEMS)
    .map((issue) => `${path}: ${inBrief(`${issue.path.join('.') || 'result'}: ${issue.message}`)}`);
  const rest = issues.length - shown.length;
  return rest > 0 ? [...shown, `${path}: and ${rest} more`] : shown;
}

/** The text of result.json: a line a field, but pairs a line each. */
export function serializeResult(result: Result): string {
  const text = JSON.stringify(result, null, 2);
  return `${text.replace(/\{\s+"first": [^{}]+\{[^{}]+\},[^{}]+\{[^{}]+\}\s+\}/g, (pair) => pair.replace(/\s+/g, ' '))}\n`;
}
