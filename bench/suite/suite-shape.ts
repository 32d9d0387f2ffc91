import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Goal, Mix } from '../model/migration.ts';

const filled = z.string().min(1);
const location = z.union([filled, z.instanceof(URL).refine(isLocal, 'not the place of a local file')]);
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
export const SuiteShape = z.object({
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
export type SuiteShape = z.infer<typeof SuiteShape>;

/** A URL with another scheme or with a host has no path here. */
function isLocal(url: URL): boolean {
  try {
    return fileURLToPath(url) !== '';
  } catch {
    return false;
  }
}
