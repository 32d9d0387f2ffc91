import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyTables } from '../bench/source/copy-tables.ts';
import { withSource, type Source } from '../bench/source/open-source.ts';
import { planSample } from '../bench/source/sample/sample-plan.ts';
import { readSchema } from '../bench/source/schema/read-schema.ts';
import { sourceTables } from '../bench/source/source-tables.ts';
import { withConnection } from '../bench/database/connection.ts';
import { createDatabase } from '../bench/database/databases.ts';
import { catalogLogin } from '../bench/database/login.ts';
import { applySqlFile } from '../bench/database/migrate.ts';
import type { Server } from '../bench/database/server.ts';
import { RunError } from '../bench/model/errors.ts';
import { loadTables } from '../seed/load.ts';
import { embedded } from '../bench/servers/embedded/index.ts';
import { NO_HOST } from '../bench/servers/target.ts';
import { asProgram } from './as-program.ts';

/**
 * How fast a database is copied, beside `pg_dump | psql`: both make the same schema, rows and indexes in an empty database
 * of one server, in turn. `npm run bench:copy -- --from postgres://reader@db.example/shop [--pairs 3]`. Ends with 1 where
 * the ratio of the speeds is under 0.8, or the peak memory of this process over 400 MB.
 */
const { values } = parseArgs({
  options: { from: { type: 'string' }, pairs: { type: 'string', default: '3' } },
});

const LEAST_RATIO = 0.8;
const MOST_MEGABYTES = 400;
const { signal } = new AbortController();

async function main(): Promise<number> {
  const from = values.from ?? '';
  const major = await withSource({ login: catalogLogin(from) }, signal, (source) =>
    Promise.resolve(source.major),
  );
  const options = { scale: 1, statementTimeoutSeconds: 0, keep: false, signal, ...NO_HOST };
  const pairs = await embedded.request({ major }).open(options, (server) => timedPairs(from, server));
  const ratio = median(pairs.map(({ theirs, ours }) => theirs / ours));
  const megabytes = process.resourceUsage().maxRSS / 1024;
  for (const { theirs, ours } of pairs)
    console.log(`pg_dump | psql ${theirs.toFixed(1)} s   index-impact ${ours.toFixed(1)} s`);
  console.log(`speed, relative to pg_dump | psql: ${ratio.toFixed(2)}, at least ${LEAST_RATIO}`);
  console.log(`peak memory ${megabytes.toFixed(0)} MB, at most ${MOST_MEGABYTES}`);
  return ratio < LEAST_RATIO || megabytes > MOST_MEGABYTES ? 1 : 0;
}

async function timedPairs(from: string, server: Server): Promise<{ theirs: number; ours: number }[]> {
  const pairs: { theirs: number; ours: number }[] = [];
  for (let at = 0; at < Number(values.pairs); at++) {
    const theirs = await secondsInto(server, `dumped_${at}`, () => dumpInto(from, server, `dumped_${at}`));
    const ours = await secondsInto(server, `copied_${at}`, () => copyInto(from, server, `copied_${at}`));
    pairs.push({ theirs, ours });
  }
  return pairs;
}

async function secondsInto(server: Server, name: string, fill: () => Promise<void>): Promise<number> {
  await createDatabase({ server, signal }, name);
  const start = performance.now();
  await fill();
  return (performance.now() - start) / 1000;
}

async function dumpInto(from: string, server: Server, name: string): Promise<void> {
  const dump = spawn('pg_dump', ['--no-owner', '--no-privileges', from], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const psql = spawn('psql', ['-q', '-o', '/dev/null', server.admin(name).url], {
    stdio: [dump.stdout, 'inherit', 'inherit'],
  });
  const [code] = (await Promise.all([once(psql, 'exit'), once(dump, 'exit')])).flat() as number[];
  if (code !== 0) throw new RunError(`psql ended with ${code}`);
}

const copyInto = (from: string, server: Server, name: string): Promise<void> =>
  withSource({ login: catalogLogin(from) }, signal, async (source) => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-copy-'));
    try {
      await copyThrough(folder, source, server, name);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

async function copyThrough(folder: string, source: Source, server: Server, name: string): Promise<void> {
  const schema = await readSchema(source, source.major, signal);
  const tables = await sourceTables(source.connection);
  const sample = planSample(tables, [], Infinity);
  const fileOf = ({ name: table }: { name: string }): string => join(folder, encodeURIComponent(table));
  const copies = await copyTables(
    source,
    { tables, sample, redaction: undefined },
    fileOf,
    () => undefined,
    signal,
  );
  await withConnection(server.owner(name), signal, async (connection) => {
    await applySqlFile(connection, { path: 'before rows', text: schema.beforeRows });
    const copied = copies.map(({ table, rows }) => ({
      name: table.name,
      columns: table.columns,
      file: fileOf(table),
      rows,
    }));
    await loadTables([connection], { tables: copied, scale: 1, seed: 0, signal });
    await applySqlFile(connection, { path: 'after rows', text: schema.afterRows });
  });
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

await asProgram(main);
