import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { escapeLiteral } from 'pg';
import { checkpoint } from '../bench/database/checkpoint.ts';
import { withConnection, type Connection } from '../bench/database/connection.ts';
import type { Server } from '../bench/database/server.ts';
import { count } from '../bench/format/quantity.ts';
import type { TableLoad } from '../bench/model/dataset.ts';
import { quotedRelation } from '../bench/model/relation.ts';
import { loadDataset } from '../bench/run/load-dataset.ts';
import { migrate } from '../bench/run/template.ts';
import { withEmbeddedServer } from '../bench/servers/embedded/embedded.ts';
import { serverSettings } from '../bench/servers/server-settings.ts';
import { salesAgent as suite } from '../bench/suites/sales-agent/suite.ts';
import { chunkCount, makingHere } from '../seed/chunks.ts';
import { copyStatement } from '../seed/copy-stream.ts';
import { rowCounts } from '../seed/row-counts.ts';
import { elsewhere, tables } from '../seed/tables/index.ts';
import { asProgram } from './as-program.ts';

/**
 * Compares the seeder with the fastest alternative: COPY by the server itself from files of the same bytes, into the same
 * empty tables, in turn. Prints the seconds of both, their ratio, and this process's peak memory. Then loads with other
 * numbers of threads. Fails when the seeder takes more than 0.75 of the time or 400 MB, or when a checksum differs.
 */
const { values } = parseArgs({
  options: { scale: { type: 'string', default: '1' }, rounds: { type: 'string', default: '5' } },
});
const scale = positive('scale', values.scale);
const rounds = Math.ceil(positive('rounds', values.rounds));
const MOST_RATIO = 0.75;
const MOST_MEGABYTES = 400;
const OTHER_THREADS = [1, 2, 4];
const SEED = 42;
const { signal } = new AbortController();

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  console.error(`--${flag} accepts a number above 0, not "${text}"`);
  process.exit(2);
}

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

async function empty(server: Server, connection: Connection): Promise<void> {
  await connection.query(`TRUNCATE ${tables.map(({ name }) => quotedRelation(name)).join(', ')} CASCADE`);
  await server.administer(checkpoint);
}

const fileOf = (directory: string, name: string): string => join(directory, `${name}.copy`);

async function writeFiles(directory: string): Promise<void> {
  const { rowsOf } = rowCounts(tables, scale);
  const make = makingHere(tables, { rowsOf, seed: SEED });
  for (const { name } of tables) {
    const file = createWriteStream(fileOf(directory, name));
    for (let ordinal = 0; ordinal < chunkCount(rowsOf(name)); ordinal++)
      if (!file.write((await make(name, ordinal)).text)) await once(file, 'drain');
    file.end();
    await once(file, 'close');
  }
}

/** Only a superuser's session may read files. */
const copyFiles = (server: Server, directory: string): Promise<void> =>
  withConnection(server.admin('bench'), signal, async (admin) => {
    for (const { name, columns } of tables)
      await admin.query(
        copyStatement(name, columns).replace(/STDIN$/, escapeLiteral(fileOf(directory, name))),
      );
  });

async function compare(server: Server, connection: Connection, directory: string): Promise<boolean> {
  const load = async (threads?: number): Promise<TableLoad[]> =>
    (
      await loadDataset({ server, signal }, connection, {
        suite,
        tablesFrom: elsewhere,
        scale,
        seed: SEED,
        threads,
      })
    ).tables;
  const ratios: number[] = [];
  let loads: TableLoad[] = [];
  console.log(`round   seeder      COPY     ratio   at scale ${scale}, ${availableParallelism()} cores`);
  for (let round = 1; round <= rounds; round++) {
    await empty(server, connection);
    const seeder = await secondsOf(async () => (loads = await load()));
    await empty(server, connection);
    const copy = await secondsOf(() => copyFiles(server, directory));
    ratios.push(seeder / copy);
    const cells = [`${seeder.toFixed(2)} s`, `${copy.toFixed(2)} s`, (seeder / copy).toFixed(2)];
    console.log(`${String(round).padStart(5)}${cells.map((cell) => cell.padStart(10)).join('')}`);
  }
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const different: number[] = [];
  for (const threads of OTHER_THREADS) {
    await empty(server, connection);
    if (checksums(await load(threads)) !== checksums(loads)) different.push(threads);
  }
  return report(loads, { ratio: median(ratios), megabytes, different });
}

const checksums = (loads: readonly TableLoad[]): string => loads.map(({ sha256 }) => sha256).join();

interface Found {
  ratio: number;
  megabytes: number;
  /** Numbers of threads that gave other rows. */
  different: readonly number[];
}

/** @returns whether all is as it should be */
function report(loads: readonly TableLoad[], { ratio, megabytes, different }: Found): boolean {
  const sum = (figure: 'rows' | 'bytes'): number => loads.reduce((total, load) => total + load[figure], 0);
  console.log(`${count(sum('rows'))} rows, ${count(Math.round(sum('bytes') / 1e6))} MB of text`);
  console.log(`median ratio ${ratio.toFixed(2)}, at most ${MOST_RATIO}`);
  console.log(`peak memory ${megabytes.toFixed(0)} MB, at most ${MOST_MEGABYTES}`);
  const threads = OTHER_THREADS.join(', ');
  console.log(
    different.length === 0
      ? `checksums of every table are the same with ${threads} threads`
      : `other checksums with ${different.join(', ')} of ${threads} threads`,
  );
  return ratio <= MOST_RATIO && megabytes <= MOST_MEGABYTES && different.length === 0;
}

async function main(): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'index-impact-bench-'));
  await chmod(directory, 0o755);
  try {
    await writeFiles(directory);
    const options = { settings: serverSettings(scale), keep: false, signal };
    const isFast = await withEmbeddedServer(options, async (server) => {
      await migrate(server, 'bench', suite, signal);
      return withConnection(server.owner('bench'), signal, (connection) =>
        compare(server, connection, directory),
      );
    });
    return isFast ? 0 : 1;
  } finally {
    await rm(directory, { recursive: true });
  }
}

await asProgram(main);
