import { performance } from 'node:perf_hooks';
import { count } from '../bench/format/quantity.ts';
import type { GeneratedTable } from '../bench/model/dataset.ts';
import { fromStatistics } from '../bench/suite/from-statistics.ts';
import { chunkCount, makingHere } from '../seed/chunks.ts';
import { rowCounts } from '../seed/row-counts.ts';
import { tables as handWritten } from '../seed/tables/index.ts';
import { asProgram } from './as-program.ts';

/**
 * Compares making rows from statistics with the hand-written generator: the tables of the Sales Agent as COPY text, on one thread and
 * without a server, in turn. Prints the rows a second of both, and their ratio. Fails where statistics make less than half of them.
 */
const ROWS = 190_000;
const ROUNDS = 5;
const LEAST_RATIO = 0.5;
const SEED = 42;

const { tables: described } = fromStatistics(
  new URL('../.github/sales-agent.snapshot.json', import.meta.url),
);

const rowsAtScaleOne = (tables: readonly GeneratedTable[]): number =>
  tables.reduce((sum, table) => sum + table.rowsAtScaleOne, 0);

/** Makes about as many rows as are wanted. @returns rows a second */
async function rowsPerSecond(tables: readonly GeneratedTable[]): Promise<number> {
  const { rowsOf } = rowCounts(tables, ROWS / rowsAtScaleOne(tables));
  const make = makingHere(tables, { rowsOf, seed: SEED });
  const start = performance.now();
  let rows = 0;
  for (const { name } of tables)
    for (let ordinal = 0; ordinal < chunkCount(rowsOf(name)); ordinal++)
      rows += (await make(name, ordinal)).rows;
  return rows / ((performance.now() - start) / 1000);
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;

async function main(): Promise<number> {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({ written: await rowsPerSecond(handWritten), made: await rowsPerSecond(described) });
  const ratio = median(rounds.map(({ written, made }) => made / written));
  const [written, made] = [rounds.map((one) => one.written), rounds.map((one) => one.made)].map(median);
  console.log(
    `rows a second: ${count(Math.round(made ?? NaN))} from statistics, ${count(Math.round(written ?? NaN))} by the hand-written generator; ratio ${ratio.toFixed(2)}`,
  );
  return ratio >= LEAST_RATIO ? 0 : 1;
}

await asProgram(main);
