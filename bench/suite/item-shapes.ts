import { z } from 'zod';
import { WriteOperation, type KeyQuery } from '../model/work-item.ts';
import type { ReadDefinition, WriteDefinition } from './define-suite.ts';
import { flag, functionOf, list, named, number, record, takes, text, type Shape } from './shape-parts.ts';
import { DRAW, KEY, readProblems, TARGETS, writeProblems, type Problem } from './statement-problems.ts';
import { tableIn, type Surroundings } from './surroundings.ts';

const weight = number('how often it is called, 0 or more')
  .nonnegative(takes('how often it is called, 0 or more'))
  .optional();
const item = {
  id: named('the id'),
  title: text('a few words').optional(),
  sql: text('an SQL statement'),
  workload: z.enum(['headline', 'full'], takes('headline or full')).optional(),
  weight,
};
const parameter = z.union(
  [z.string(), z.number(), z.boolean(), z.null()],
  takes('a text, a number, a boolean or null'),
);

/** A read whose SQL goes with its other keys. */
export const readShape = ({ relations }: Surroundings) =>
  record('a read: { id, sql }', {
    ...item,
    kind: z.literal('read', takes("'read', or nothing")).optional(),
    source: z.string(takes('a place in the document')).optional(),
    key: record(KEY, {
      sql: text('a query'),
      parameters: list('the values of $1, $2, ... of the key query', parameter).optional(),
    } satisfies Shape<KeyQuery>).optional(),
    approximate: flag.optional(),
    bufferCold: flag.optional(),
  } satisfies Shape<ReadDefinition>).superRefine((read, context) => {
    report([...weightProblems(read), ...readProblems(read, relations)], context);
  });

/** A write whose SQL goes with its other keys. */
export const writeShape = (around: Surroundings) =>
  record('a write: { id, sql, operation, table }', {
    ...item,
    kind: z.literal('write', takes("'write', or nothing")).optional(),
    operation: z.enum(WriteOperation.options, takes('INSERT, UPDATE, DELETE or COPY')),
    table: tableIn(around),
    targets: text(TARGETS).optional(),
    eachTargetOnce: flag.optional(),
    draw: functionOf<NonNullable<WriteDefinition['draw']>>(DRAW).optional(),
  } satisfies Shape<WriteDefinition>).superRefine((write, context) => {
    report([...weightProblems(write), ...writeProblems(write, around.relations)], context);
  });

/** Every workload gives the same verdict: what only one of them measures has no part in it. */
const weightProblems = ({ workload, weight = 0 }: ReadDefinition | WriteDefinition): Problem[] =>
  workload === 'full' && weight > 0
    ? [{ path: ['weight'], message: 'is for headline items: leave it out, or make the item headline' }]
    : [];

function report(problems: readonly Problem[], context: z.RefinementCtx): void {
  for (const problem of problems) context.addIssue({ code: 'custom', ...problem });
}
