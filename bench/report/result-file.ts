import { UsageError } from '../model/errors.ts';
import { Result, SCHEMA_VERSION } from '../model/result.ts';
import { plainText } from '../model/plain-text.ts';

const MOST_PROBLEMS = 10;

/**
 * Reads a result.json.
 *
 * @param path of the file, for messages
 * @throws UsageError with what is wrong with it, at most ten problems
 */
export function parseResult(text: string, path: string): Result {
  const problem = (what: string): UsageError => new UsageError([`${path}: ${plainText(what)}`]);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw problem(`not JSON: ${(error as Error).message}`);
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (version === undefined) throw problem('not a result.json: it has no schemaVersion');
  if (version !== SCHEMA_VERSION)
    throw problem(`schemaVersion is ${JSON.stringify(version)}, not ${SCHEMA_VERSION}`);
  const parsed = Result.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(listProblems(path, parsed.error.issues));
}

/** Keys of the file are in the messages: they are shown on a terminal as text, whatever they hold. */
function listProblems(path: string, issues: readonly { path: PropertyKey[]; message: string }[]): string[] {
  const shown = issues
    .slice(0, MOST_PROBLEMS)
    .map((issue) => `${path}: ${plainText(`${issue.path.join('.') || 'result'}: ${issue.message}`)}`);
  const rest = issues.length - shown.length;
  return rest > 0 ? [...shown, `${path}: and ${rest} more`] : shown;
}

/** The text of result.json: a line a field, but pairs a line each. */
export function serializeResult(result: Result): string {
  const text = JSON.stringify(result, null, 2);
  return `${text.replace(/\{\s+"first": [^{}]+\{[^{}]+\},[^{}]+\{[^{}]+\}\s+\}/g, (pair) => pair.replace(/\s+/g, ' '))}\n`;
}
