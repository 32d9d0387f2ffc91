import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { escapeLiteral } from 'pg';
import { withConnection, type Connection } from '../bench/database/connection.ts';
import { withEmbeddedServer } from '../bench/database/provision/embedded.ts';
import { serverSettings } from '../bench/database/provision/server-settings.ts';
import type { TableLoad, TableSource } from '../bench/model/dataset.ts';
import { migrate } from '../bench/run/template.ts';
import { salesAgent as suite } from '../bench/suites/sales-agent/suite.ts';
import { copyStatement } from '../seed/copy-stream.ts';
import { copyLine } from '../seed/copy-text.ts';
import { loadTables, rowCounts } from '../seed/load.ts';
import { randomFor } from '../seed/random.ts';

/**
 * Compares the seeder with the fastest there is: COPY by the server itself from files of the same bytes, into the
 * same empty tables, in turn. Prints the seconds of both and their ratio, and this process's peak memory; fails
 * when the seeder takes more than 1.5 times as long, or more than 400 MB.
 */
const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
    'seeder-only': { type: 'boolean', default: false },
  },
});
const scale = Number(values.scale);
const rounds = values['seeder-only'] ? 1 : Number(values.rounds);
const MOST_RATIO = 1.5;
const MOST_MEGABYTES = 400;
const SEED = 42;
const { tables } = suite.dataset;
const signal = new AbortController().signal;

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

const fileOf = (directory: string, { name }: TableSource): string => join(directory, `${name}.copy`);

async function copyFiles(connection: Connection, directory: string): Promise<void> {
  for (const table of tables) {
    const statement = copyStatement(table.name, table.columns);
    await connection.query(statement.replace(/STDIN$/, escapeLiteral(fileOf(directory, table))));
  }
}

async function compare(connection: Connection, directory: string): Promise<void> {
  if (!values['seeder-only']) await writeFiles(directory);
  const durations = { seeder: [] as number[], copy: [] as number[] };
  let loads: TableLoad[] = [];
  for (let round = 0; round < rounds; round++) {
    await empty(connection);
    durations.seeder.push(
      await seconds(
        async () => ({ loads } = await loadTables(connection, { tables, scale, seed: SEED, signal })),
      ),
    );
    if (values['seeder-only']) continue;
    await empty(connection);
    durations.copy.push(await seconds(() => copyFiles(connection, directory)));
  }
  report(loads, durations);
}

function report(loads: readonly TableLoad[], durations: { seeder: number[]; copy: number[] }): void {
  const ratios = durations.copy.map((copy, round) => (durations.seeder[round] ?? NaN) / copy);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const rows = loads.reduce((sum, load) => sum + load.rows, 0);
  const size = loads.reduce((sum, load) => sum + load.bytes, 0) / 1e6;
  console.log(`scale ${scale}   ${rows.toLocaleString('en-US')} rows   ${size.toFixed(1)} MB of COPY text`);
  console.log(
    `seeder          ${median(durations.seeder).toFixed(2)} s, median of ${durations.seeder.length}`,
  );
  if (ratios.length > 0) {
    const each = ratios.map((ratio) => ratio.toFixed(2)).join(' ');
    console.log(`COPY from file  ${median(durations.copy).toFixed(2)} s, median of ${durations.copy.length}`);
    console.log(`ratio           ${median(ratios).toFixed(2)} (each round: ${each}), at most ${MOST_RATIO}`);
  }
  console.log(`peak memory     ${megabytes.toFixed(0)} MB, at most ${MOST_MEGABYTES}`);
  if (median(ratios) > MOST_RATIO || megabytes > MOST_MEGABYTES) process.exitCode = 1;
}

const directory = await mkdtemp(join(tmpdir(), 'index-impact-bench-'));
await chmod(directory, 0o755);
try {
  await withEmbeddedServer({ settings: serverSettings(scale), keep: false, signal }, async (server) => {
    await migrate(server, 'bench', suite, signal);
    await withConnection(server.url('bench'), signal, (connection) => compare(connection, directory));
  });
} finally {
  await rm(directory, { recursive: true });
}
