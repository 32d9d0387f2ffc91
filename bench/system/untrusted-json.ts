import type { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import { plainText, shortened } from '../format/plain-text.ts';

const MOST_PROBLEMS = 10;

/** Of one problem: keys of the file are in it, and a key can be as long as the file. */
const MOST_CHARACTERS = 300;

/** Far more than any plan is deep, each of whose nodes takes two; what is checked node by node has to end. */
const DEEPEST = 400;

/**
 * Reads JSON that anybody may have written.
 *
 * @param path of the file, for messages
 * @throws UsageError when it is no JSON, or nested deeper than anything of ours
 */
export function parseJson(text: string, path: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fileProblem(path, `not JSON: ${(error as Error).message}`);
  }
  return checkDepth(value, path);
}

/** @throws UsageError when it is nested deeper than anything of ours */
export function checkDepth(value: unknown, path: string): unknown {
  if (isDeeper(value, DEEPEST)) throw fileProblem(path, `nested over ${DEEPEST} levels deep`);
  return value;
}

/**
 * Checks what was read against its schema.
 *
 * @param whole what the value is called where the whole of it is wrong
 * @throws UsageError with what is wrong with it, at most ten problems
 */
export function checkShape<T>(value: unknown, schema: z.ZodType<T>, path: string, whole: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const problems = issues
    .slice(0, MOST_PROBLEMS)
    .map((issue) => problemText(path, `${issue.path.join('.') || whole}: ${issue.message}`));
  const rest = issues.length - problems.length;
  throw new UsageError(rest > 0 ? [...problems, `${path}: and ${rest} more`] : problems);
}

export const fileProblem = (path: string, what: string): UsageError =>
  new UsageError([problemText(path, what)]);

/** Keys of the file are in the messages: they are shown on a terminal as text, whatever they hold. */
const problemText = (path: string, what: string): string =>
  `${path}: ${plainText(shortened(what, MOST_CHARACTERS))}`;

/** Goes down level by level: recursion would itself not come back from where this is to warn of. */
function isDeeper(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= levels && level.length > 0; depth += 1)
    level = level.flatMap((part): unknown[] =>
      typeof part === 'object' && part !== null ? Object.values(part) : [],
    );
  return level.length > 0;
}
