import type { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import { plainText, shortened } from '../format/plain-text.ts';

const MOST_PROBLEMS = 10;

/** The longest message of one problem: it contains keys of the file, and a key can be as long as the file. */
const MOST_CHARACTERS = 300;

/** Far deeper than any plan, each of whose nodes takes two levels; node-by-node checks must end. */
const DEEPEST = 400;

/**
 * Reads untrusted JSON.
 *
 * @param path of the file, for messages
 * @throws UsageError when it is no JSON, or nested deeper than any file of ours
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

/** @throws UsageError when it is nested deeper than any file of ours */
export function checkDepth(value: unknown, path: string): unknown {
  if (isDeeper(value, DEEPEST)) throw fileProblem(path, `nested over ${DEEPEST} levels deep`);
  return value;
}

/**
 * Checks a value against its schema.
 *
 * @param whole the name of the value as a whole, for messages
 * @throws UsageError listing its problems, at most ten
 */
export function checkShape<T>(value: unknown, schema: z.ZodType<T>, path: string, whole: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  throw fileProblems(
    path,
    issues.map((issue) => `${issue.path.join('.') || whole}: ${issue.message}`),
  );
}

/** The first ten of them. */
export function fileProblems(path: string, all: readonly string[]): UsageError {
  const problems = all.slice(0, MOST_PROBLEMS).map((what) => problemText(path, what));
  const rest = all.length - problems.length;
  return new UsageError(rest > 0 ? [...problems, `${path}: and ${rest} more`] : problems);
}

export const fileProblem = (path: string, what: string): UsageError =>
  new UsageError([problemText(path, what)]);

/** Messages contain keys of the file: they are made safe for a terminal. */
const problemText = (path: string, what: string): string =>
  `${path}: ${plainText(shortened(what, MOST_CHARACTERS))}`;

/** Checks level by level: a recursion would overflow the stack at the depths it has to reject. */
function isDeeper(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= levels && level.length > 0; depth += 1)
    level = level.flatMap((part): unknown[] =>
      typeof part === 'object' && part !== null ? Object.values(part) : [],
    );
  return level.length > 0;
}
