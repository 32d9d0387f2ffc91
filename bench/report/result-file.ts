import { z } from 'zod';
import { Result, SCHEMA_VERSION } from '../model/result.ts';
import { checkDepth, checkShape, fileProblem, parseJson } from '../system/untrusted-json.ts';
import { type Json, PackedJson, packJson, unpackJson } from './packed-json.ts';

/** Writes a packed result.json for long storage: a fifth of the size. */
export const PackedResult = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  packed: PackedJson,
});
export type PackedResult = z.infer<typeof PackedResult>;

/**
 * Reads a result.json, packed or not.
 *
 * @param path of the file, for messages
 * @throws UsageError listing its problems, at most ten
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
  return checkShape(isPacked(value) ? unpacked(value, path) : value, Result, path, 'result');
}

const isPacked = (value: unknown): boolean => Object.hasOwn(value as object, 'packed');

function unpacked(value: unknown, path: string): unknown {
  const { packed } = checkShape(value, PackedResult, path, 'result');
  return checkDepth(unpackJson(packed, path), path);
}

/** The text of result.json: one line a field; pairs, rounds, histograms and estimates take one line each. */
export function serializeResult(result: Result): string {
  const text = JSON.stringify(result, null, 2);
  return `${text.replace(ON_ONE_LINE, (part) => part.replace(/\n\s*/g, ' '))}\n`;
}

/** An estimate, a histogram, a pair, and a round, whose causes come last. */
const ON_ONE_LINE =
  /\{\s+"(?:point|firstBin)": [^{}]+\}|\{\s+"(?:round|first)": [^{}]+\{[^{}]+\},[^{}]+\{[^{}]+\}\s+\}|\{\s+"ordinal": [^[\]]+\[[^[\]]*\]\s+\}/g;

/** The same packed: one line an item and one line a dictionary entry. */
export function serializePacked(result: Result): string {
  const packed = packJson(JSON.parse(JSON.stringify(result)) as Json);
  const { shapes, dictionary, value } = packed;
  const parts = [
    `"shapes": ${lines(shapes, 1)}`,
    `"dictionary": ${lines(dictionary, 1)}`,
    `"value": ${lines(value, 2)}`,
  ];
  return `{ "schemaVersion": ${SCHEMA_VERSION}, "packed": {\n${parts.join(',\n')}\n} }\n`;
}

/** The outer levels of lists that get one line an element. */
const lines = (value: unknown, levels: number): string =>
  Array.isArray(value) && levels > 0
    ? `[\n${value.map((part) => lines(part, levels - 1)).join(',\n')}\n]`
    : JSON.stringify(value);

/** The JSON Schema (draft 2020-12) of result.json, packed or not. */
export function resultJsonSchema(): Record<string, unknown> {
  return {
    $id: `urn:index-impact:result:${SCHEMA_VERSION}`,
    title: 'The result of one index-impact run',
    ...z.toJSONSchema(z.union([Result, PackedResult]), { target: 'draft-2020-12' }),
  };
}
