import type { ProbeAnswer } from '../../../suite/claim.ts';
import { rowsOf } from './evidence.ts';

/** EXPLAIN's lines as PostgreSQL prints them, trimmed. */
export const planLines = (answer: ProbeAnswer | undefined): string[] =>
  rowsOf(answer).map((row) => (row['QUERY PLAN'] ?? '').trim());

/** The condition that an index is searched by, such as `(status = 'running'::text)`. */
export const indexCondition = (answer: ProbeAnswer | undefined): string | undefined =>
  planLines(answer)
    .find((line) => line.startsWith('Index Cond: '))
    ?.slice('Index Cond: '.length);

export const usesIndex = (answer: ProbeAnswer | undefined, index: string): boolean =>
  planLines(answer).some((line) => new RegExp(`\\b(using|on) ${index}\\b`).test(line));

/** Shared blocks, hit and read, of an execution under EXPLAIN (ANALYZE, BUFFERS). The first line is the whole plan's. */
export function blocksRead(answer: ProbeAnswer | undefined): number {
  const buffers = planLines(answer).find((line) => line.startsWith('Buffers: ')) ?? '';
  const count = (kind: string): number => Number(new RegExp(`${kind}=(\\d+)`).exec(buffers)?.[1] ?? 0);
  return buffers === '' ? NaN : count('hit') + count('read');
}

/** The statement's answer, counted: what it reads does not depend on the machine. */
export const explainBlocks = (sql: string): string =>
  `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) ${sql}`;
