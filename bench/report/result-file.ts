import { Result, SCHEMA_VERSION } from '../model/result.ts';
import { checkShape, fileProblem, parseJson } from '../system/untrusted-json.ts';

/**
 * Reads a result.json.
 *
 * @param path of the file, for messages
 * @throws UsageError with what is wrong with it, at most ten problems
 */
export function parseResult(text: string, path: string): Result {
  const value = parseJson(text, path);
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (version === undefined) throw fileProblem(path, 'not a result.json: it has no schemaVersion');
  if (version !== SCHEMA_VERSION)
    throw fileProblem(
      path,
      `schemaVersion is ${JSON.stringify(version)}, and this version reads ${SCHEMA_VERSION}: measure again, or read it with the version that wrote it`,
    );
  return checkShape(value, Result, path, 'result');
}

/** The text of result.json: a line a field, but pairs a line each. */
export function serializeResult(result: Result): string {
  const text = JSON.stringify(result, null, 2);
  return `${text.replace(/\{\s+"first": [^{}]+\{[^{}]+\},[^{}]+\{[^{}]+\}\s+\}/g, (pair) => pair.replace(/\s+/g, ' '))}\n`;
}
