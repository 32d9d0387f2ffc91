import { parentPort, workerData } from 'node:worker_threads';
import type { TablesFrom } from '../bench/model/dataset.ts';
import { RunError } from '../bench/model/errors.ts';
import { makingHere } from './chunks.ts';
import { rowCounts } from './row-counts.ts';
import type { ChunkReply, ChunkRequest, ThreadFacts, ThreadFailure } from './row-threads.ts';

/** The program of a thread that makes chunks, in the order in which they are asked for. */

const { tablesFrom, scale, seed } = workerData as ThreadFacts;
const elsewhere = (await import(tablesFrom.module)) as { tablesFrom: TablesFrom };
const tables = await elsewhere.tablesFrom(tablesFrom.argument);
const make = makingHere(tables, { rowsOf: rowCounts(tables, scale).rowsOf, seed });

parentPort?.on('message', ({ id, table, ordinal }: ChunkRequest) => {
  make(table, ordinal).then(
    (chunk) => {
      parentPort?.postMessage({ id, chunk } satisfies ChunkReply, [chunk.text.buffer as ArrayBuffer]);
    },
    (error: unknown) => {
      parentPort?.postMessage({ id, failure: failureOf(error as Error) } satisfies ChunkReply);
    },
  );
});

const failureOf = (error: Error): ThreadFailure => {
  const { message } = error;
  if (!(error instanceof RunError)) return { message, isRunError: false };
  return { message, detail: error.detail, remedy: error.remedy, isRunError: true };
};
