import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GeneratedTable, TablesFrom } from '../bench/model/dataset.ts';
import { RunError } from '../bench/model/errors.ts';
import { chunkCount, makingHere, type MakeChunk } from './chunks.ts';
import { rowCounts } from './row-counts.ts';
import { withRowThreads } from './row-threads.ts';
import { elsewhere, tables } from './tables/index.ts';

/**
 * A program of its own: threads begin with a file of TypeScript, which only a process that was started for it can run. Prints
 * JSON: the checksum of all rows by each number of threads, and how threads that break are explained.
 */

const SCALE = 0.05;
const SEED = 5;
const { rowsOf } = rowCounts(tables, SCALE);

/** All chunks are asked for at once; they are put in order afterwards. */
async function checksum(make: MakeChunk): Promise<string> {
  const asked = tables.flatMap(({ name }) =>
    Array.from({ length: chunkCount(rowsOf(name)) }, (_, ordinal) => make(name, ordinal)),
  );
  const hash = createHash('sha256');
  for (const chunk of await Promise.all(asked)) hash.update(chunk.text).update(chunk.sha256);
  return hash.digest('hex');
}

const inThreads = (count: number): Promise<string> =>
  withRowThreads(count, { tablesFrom: elsewhere, scale: SCALE, seed: SEED }, checksum);

const BREAKING: Record<string, (() => never) | undefined> = {
  throws: () => {
    throw new TypeError('no row');
  },
  exits: () => process.exit(3),
  hangs: () => {
    for (;;);
  },
};

/** For threads that break in the way that is asked for. */
export const tablesFrom: TablesFrom = (way) => {
  if (way === 'does not load') throw new Error('no tables here');
  const broken: GeneratedTable = {
    ...{ name: 'broken', columns: ['id'], rowsAtScaleOne: 10 },
    row: () => {
      BREAKING[way]?.();
      return ['\0'];
    },
  };
  return Promise.resolve([broken]);
};

async function giveUp(): Promise<never> {
  await sleep(3000);
  throw new Error('still going');
}

async function explanation(way: string): Promise<unknown> {
  const facts = { tablesFrom: { module: import.meta.url, argument: way }, scale: 1, seed: SEED };
  try {
    await withRowThreads(2, facts, (make) =>
      way === 'hangs' ? Promise.race([make('broken', 0), giveUp()]) : make('broken', 0),
    );
    return 'nothing';
  } catch (error) {
    const { name, message } = error as Error;
    return error instanceof RunError ? { name, message, remedy: error.remedy } : { name, message };
  }
}

if (process.argv[1]?.endsWith('row-threads.fixture.ts')) {
  const checksums = {
    here: await checksum(makingHere(tables, { rowsOf, seed: SEED })),
    ...{ 1: await inThreads(1), 2: await inThreads(2), 4: await inThreads(4) },
  };
  const ways = ['throws', 'exits', 'hangs', 'does not load', 'gives what cannot be stored'];
  const explained: Record<string, unknown> = {};
  for (const way of ways) explained[way] = await explanation(way);
  console.log(JSON.stringify({ checksums, explained }));
}
