import { UsageError } from '../model/errors.ts';
import { Result, SCHEMA_VERSION } from '../model/result.ts';

const MOST_PROBLEMS = 10;

/**
 * Reads a result.json.
 *
 * @param path of the file, for messages
 * @throws UsageError with what is wrong with it, at most ten problems
 */
export function parseResult(text: string, path: string): Result {
  const problem = (what: string): UsageError => new UsageError([`${path}: ${what}`]);
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
  const problems = parsed.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`);
  throw new UsageError(problems.slice(0, MOST_PROBLEMS));
}

/** The text of result.json: a line a field, but pairs a line each. */
export function serializeResult(result: Result): string {
  const text = JSON.stringify(result, null, 2);
  return `${text.replace(/\{\s+"first": [^{}]+\{[^{}]+\},[^{}]+\{[^{}]+\}\s+\}/g, (pair) => pair.replace(/\s+/g, ' '))}\n`;
}
