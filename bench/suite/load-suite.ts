import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import { Goal, Mix } from '../model/migration.ts';
import type { Suite } from './define-suite.ts';

const location = z.union([z.string(), z.instanceof(URL)]);
const filled = z.string().min(1);
const generator = z.custom<(...args: never[]) => unknown>(
  (value) => typeof value === 'function',
  'not a function',
);

const id = z.string().regex(/^[a-z0-9-]+$/, 'not kebab-case');
const item = { id, title: filled, sql: filled };
const workload = z.enum(['headline', 'full']);

const read = z.object({ ...item, kind: z.literal('read'), workload, source: filled });
const write = z.object({ ...item, kind: z.literal('write'), workload, table: filled, draw: generator });

const claim = z.object({
  id,
  section: filled,
  quote: filled,
  confirmedBy: filled,
  probe: z.array(filled).optional(),
  judge: generator,
});

/** The shape that a module from outside has to have; what it leaves open, TypeScript checks for its author. */
const SuiteShape = z.object({
  name: filled,
  title: filled,
  migrations: z.array(location).min(1),
  candidate: z.object({ name: filled, up: location, down: location }),
  dataset: z.object({
    tables: z.array(z.object({ name: filled, columns: z.array(filled), row: generator })).min(1),
    age: location,
  }),
  reads: z.array(read),
  writes: z.array(write),
  canaries: z.array(filled),
  concurrentWrite: filled.optional(),
  goals: z.array(Goal),
  opportunities: z
    .array(
      z.object({
        title: filled,
        table: filled,
        asWritten: location,
        nearest: location,
        reads: z.array(read),
        writes: z.array(write),
      }),
    )
    .optional(),
  mix: z.object({ ...Mix.shape, reason: filled }),
  documented: z.object({
    indexes: z.array(z.object({ name: filled, table: filled, definition: filled })),
    queries: z.array(z.object({ title: filled, sql: filled })),
  }),
  claims: z.array(claim).optional(),
});

/**
 * Imports the suite that a module exports by default.
 *
 * @param path of the module, relative to the working directory
 * @throws UsageError naming --suite and every problem of the module
 */
export async function loadSuite(path: string): Promise<Suite> {
  const file = resolve(path);
  if (!existsSync(file)) throw new UsageError([`--suite ${path}: there is no such file`]);
  const module = await importModule(file).catch((error: unknown) => {
    throw new UsageError([`--suite ${path}: the module cannot be loaded: ${(error as Error).message}`]);
  });
  const problems = problemsOf(module.default);
  if (problems.length > 0) throw new UsageError(problems.map((problem) => `--suite ${path}: ${problem}`));
  return module.default as Suite;
}

const importModule = (file: string): Promise<Record<string, unknown>> =>
  import(pathToFileURL(file).href) as Promise<Record<string, unknown>>;

function problemsOf(suite: unknown): string[] {
  if (suite === undefined)
    return ['the module has no default export; export the value of defineSuite({...})'];
  const parsed = SuiteShape.safeParse(suite);
  if (!parsed.success) return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  return [...repeatedIds(parsed.data), ...unknownIds(parsed.data), ...missingFiles(parsed.data)];
}

function repeatedIds({
  reads,
  writes,
  opportunities = [],
  claims = [],
}: z.infer<typeof SuiteShape>): string[] {
  const repeated = (what: string, ids: readonly string[]): string[] =>
    [...new Set(ids.filter((id, position) => ids.indexOf(id) !== position))].map(
      (id) => `two ${what} have the id "${id}"`,
    );
  const idsOf = (entries: readonly { id: string }[]): string[] => entries.map(({ id }) => id);
  const proposed = opportunities.flatMap((opportunity) => [...opportunity.reads, ...opportunity.writes]);
  return [
    ...repeated('items', idsOf([...reads, ...writes, ...proposed])),
    ...repeated('claims', idsOf(claims)),
  ];
}

function unknownIds({
  reads,
  writes,
  canaries,
  goals,
  concurrentWrite,
}: z.infer<typeof SuiteShape>): string[] {
  const ids = new Set([...reads, ...writes].map(({ id }) => id));
  return Object.entries({
    canaries,
    goals: goals.map(({ read }) => read),
    concurrentWrite: concurrentWrite === undefined ? [] : [concurrentWrite],
  }).flatMap(([list, named]) =>
    named.filter((id) => !ids.has(id)).map((id) => `${list}: no item has the id "${id}"`),
  );
}

function missingFiles({
  migrations,
  candidate,
  dataset,
  opportunities = [],
}: z.infer<typeof SuiteShape>): string[] {
  const proposed = opportunities.flatMap(({ asWritten, nearest }) => [asWritten, nearest]);
  const files = [...migrations, candidate.up, candidate.down, dataset.age, ...proposed];
  return files
    .map((place) => (typeof place === 'string' ? place : fileURLToPath(place)))
    .filter((file) => !existsSync(file))
    .map((file) => `there is no file ${file}`);
}
