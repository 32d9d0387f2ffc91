import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { escapeLiteral } from 'pg';
import { withConnection, type Connection } from '../bench/database/connection.ts';
import { withEmbeddedServer } from '../bench/servers/embedded/embedded.ts';
import { serverSettings } from '../bench/servers/server-settings.ts';
import type { TableLoad, GeneratedTable } from '../bench/model/dataset.ts';
import { migrate } from '../bench/run/template.ts';
import { salesAgent as suite } from '../bench/suites/sales-agent/suite.ts';
import { copyStatement } from '../seed/copy-stream.ts';
import { copyLine } from '../seed/copy-text.ts';
import { loadTables, rowCounts } from '../seed/load.ts';
import { randomFor } from '../seed/random.ts';
import { tables } from '../seed/tables/index.ts';

/**
 * Compares the seeder with the fastest alternative: COPY by the server itself from files of the same bytes, into the
 * same empty tables, in turn. Prints the seconds of both, their ratio, and this process's peak memory. Fails when the
 * seeder takes more than 1.5 times as long, or more than 400 MB.
 */
const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
    'seeder-only': { type: 'boolean', default: false },
  },
});
const scale = positive('scale', values.scale);
const rounds = values['seeder-only'] ? 1 : Math.ceil(positive('rounds', values.rounds));
const MOST_RATIO = 1.5;
const MOST_MEGABYTES = 400;
const SEED = 42;
const signal = new AbortController().signal;

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  console.error(`--${flag} accepts a number above 0, not "${text}"`);
  process.exit(2);
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

const median = (durations: readonly number[]): number =>
  durations.toSorted((a, b) => a - b)[Math.floor(durations.length / 2)] ?? NaN;

async function empty(connection: Connection): Promise<void> {
  await connection.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} CASCADE`);
  await connection.query('CHECKPOINT');
}

async function writeFiles(directory: string): Promise<void> {
  const { rowsOf } = rowCounts(tables, scale);
  for (const table of tables) {
    const file = createWriteStream(fileOf(directory, table));
    const context = { rows: rowsOf(table.name), rowsOf, random: randomFor(SEED, table.name) };
    for (let ordinal = 0; ordinal < context.rows; ordinal++)
      if (!file.write(copyLine(table.row(context, ordinal)))) await once(file, 'drain');
    file.end();
    await once(file, 'close');
  }
}

const fileOf = (directory: string, { name }: GeneratedTable): string => join(directory, `${name}.copy`);

/** Seconds of each table, in table order. */
async function copyFiles(connection: Connection, directory: string): Promise<number[]> {
  const durations: number[] = [];
  for (const table of tables) {
    const statement = copyStatement(table.name, table.columns);
    const fromFile = statement.replace(/STDIN$/, escapeLiteral(fileOf(directory, table)));
    durations.push(await seconds(() => connection.query(fromFile)));
  }
  return durations;
}

/** For each round, a list of seconds, one for each table. */
interface Rounds {
  seeder: number[][];
  copy: number[][];
}

async function compare(connection: Connection, directory: string): Promise<void> {
  if (!values['seeder-only']) await writeFiles(directory);
  const durations: Rounds = { seeder: [], copy: [] };
  let loads: TableLoad[] = [];
  for (let round = 0; round < rounds; round++) {
    await empty(connection);
    ({ loads } = await loadTables(connection, { tables, scale, seed: SEED, signal }));
    durations.seeder.push(loads.map((load) => load.seconds));
    if (values['seeder-only']) continue;
    await empty(connection);
    durations.copy.push(await copyFiles(connection, directory));
  }
  report(loads, durations);
}

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);

/** One line of values; `pick` takes a table's seconds, or their total, from a round. */
function line(
  name: string,
  rows: number,
  bytes: number,
  durations: Rounds,
  pick: (round: number[]) => number,
): void {
  const [seeder, copy] = [durations.seeder.map(pick), durations.copy.map(pick)];
  const cells = [rows.toLocaleString('en-US'), (bytes / 1e6).toFixed(1), median(seeder).toFixed(2)];
  if (copy.length > 0) cells.push(median(copy).toFixed(2), median(ratiosOf(seeder, copy)).toFixed(2));
  console.log(name.padEnd(26) + cells.map((cell) => cell.padStart(12)).join(''));
}

const ratiosOf = (seeder: readonly number[], copy: readonly number[]): number[] =>
  copy.map((duration, round) => (seeder[round] ?? NaN) / duration);

function report(loads: readonly TableLoad[], durations: Rounds): void {
  const headings = ['rows', 'MB', 'seeder s', ...(durations.copy.length > 0 ? ['COPY s', 'ratio'] : [])];
  console.log(
    `medians of ${rounds} at scale ${scale}`.padEnd(26) + headings.map((h) => h.padStart(12)).join(''),
  );
  for (const [position, { table, rows, bytes }] of loads.entries())
    line(table, rows, bytes, durations, (round) => round[position] ?? NaN);
  line('total', sum(loads.map(({ rows }) => rows)), sum(loads.map(({ bytes }) => bytes)), durations, sum);
  const ratios = ratiosOf(durations.seeder.map(sum), durations.copy.map(sum));
  const megabytes = process.resourceUsage().maxRSS / 1024;
  if (ratios.length > 0)
    console.log(
      `ratio of each round: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}, median at most ${MOST_RATIO}`,
    );
  console.log(`peak memory ${megabytes.toFixed(0)} MB, at most ${MOST_MEGABYTES}`);
  if (median(ratios) > MOST_RATIO || megabytes > MOST_MEGABYTES) process.exitCode = 1;
}

const directory = await mkdtemp(join(tmpdir(), 'index-impact-bench-'));
await chmod(directory, 0o755);
try {
  await withEmbeddedServer({ settings: serverSettings(scale), keep: false, signal }, async (server) => {
    await migrate(server, 'bench', suite, signal);
    await withConnection(server.owner('bench'), signal, (connection) => compare(connection, directory));
  });
} finally {
  await rm(directory, { recursive: true });
}
