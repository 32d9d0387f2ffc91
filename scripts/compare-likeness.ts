import { join } from 'node:path';
import { likenessOf } from '../bench/analyse/likeness.ts';
import { ageByShares } from '../bench/database/age.ts';
import { withConnection, type Connection } from '../bench/database/connection.ts';
import type { Server } from '../bench/database/server.ts';
import type { ColumnLikeness, Compared, FanOutLikeness, Likeness } from '../bench/model/likeness.ts';
import type { Snapshot } from '../bench/model/snapshot.ts';
import { migrate } from '../bench/run/template.ts';
import { withEmbeddedServer } from '../bench/servers/embedded/embedded.ts';
import { serverSettings } from '../bench/servers/server-settings.ts';
import { salesAgent } from '../bench/suites/sales-agent/suite.ts';
import { fromStatistics, notAsInSource } from '../seed/from-statistics/from-statistics.ts';
import { loadTables } from '../seed/load.ts';
import { tables as salesAgentTables } from '../seed/tables/index.ts';
import { pagila } from '../tests/fixtures/applications/pagila.ts';
import { umami } from '../tests/fixtures/applications/umami.ts';
import { snapshotOf } from '../tests/fixtures/snapshot-of.ts';
import { startSource, type Filling } from '../tests/fixtures/source.ts';
import { asProgram } from './as-program.ts';

/**
 * Rebuilds databases from their statistics alone and holds them against the originals: Pagila and Umami, whose schemas lie in the folder
 * that APPLICATIONS names, and the Sales Agent's tables at scale 0.2. Prints each column that is not alike, and the share of those
 * that are. Fails where it is less than 95 %.
 */
const SEED = 42;
const SALES_AGENT_SCALE = 0.2;
const LEAST_SHARE = 0.95;
const { signal } = new AbortController();

const inDatabase = <T>(
  server: Server,
  name: string,
  use: (connection: Connection) => Promise<T>,
): Promise<T> => withConnection(server.admin(name), signal, use);

/** The snapshot of a database that was made from another one's. */
async function rebuilt(server: Server, name: string, source: Snapshot): Promise<Snapshot> {
  await server.administer((admin) => admin.query(`CREATE DATABASE ${name}`));
  return inDatabase(server, name, async (connection) => {
    await connection.query(source.schema.beforeRows);
    const tables = fromStatistics(source);
    const start = performance.now();
    const { loads } = await loadTables([connection], { tables, scale: 1, seed: SEED, signal });
    const seconds = (performance.now() - start) / 1000;
    const rows = loads.reduce((sum, load) => sum + load.rows, 0);
    console.log(`${rows} rows loaded in ${seconds.toFixed(1)} s`);
    await connection.query(source.schema.afterRows);
    await ageByShares(connection, tables);
    await connection.query('VACUUM ANALYZE');
    return snapshotOf(connection);
  });
}

const pair = ({ source, made }: Compared): string => `${short(source)} ${short(made)}`;
const short = (value: number): string => String(Math.round(value * 1000) / 1000);

const FIGURES = ['nullShare', 'distinct', 'commonShare', 'correlation'] as const;

function columnLine(column: ColumnLikeness): string {
  const outside = FIGURES.flatMap((figure) => {
    const compared = column[figure];
    return compared && !compared.isWithin ? [`${figure} ${pair(compared)}`] : [];
  });
  return `  ${column.table}.${column.column}: ${outside.join(', ')}`;
}

const keyLine = ({ table, columns, refersTo, p50, p90, p99 }: FanOutLikeness): string =>
  `  ${table} (${columns.join(', ')}) -> ${refersTo}: p50 ${pair(p50)}, p90 ${pair(p90)}, p99 ${pair(p99)}`;

/** @returns whether enough is alike */
function report(title: string, { columns, fanOuts }: Likeness, source: Snapshot): boolean {
  const share = (parts: readonly { isWithin: boolean }[]): number =>
    parts.length === 0 ? 1 : parts.filter(({ isWithin }) => isWithin).length / parts.length;
  const shares = [share(columns), share(fanOuts)];
  const [alike = '', keys = ''] = shares.map((one) => `${(100 * one).toFixed(1)} %`);
  console.log(
    `${title}: ${alike} of ${columns.length} columns and ${keys} of ${fanOuts.length} foreign keys are alike`,
  );
  for (const column of columns) if (!column.isWithin) console.log(columnLine(column));
  for (const key of fanOuts) if (!key.isWithin) console.log(keyLine(key));
  const distances = columns
    .flatMap(({ histogramDistance: one }) => (one === undefined ? [] : [one]))
    .sort((a, b) => a - b);
  console.log(
    `  histograms differ by ${short(distances[distances.length >> 1] ?? 0)} at the median, ${short(distances.at(-1) ?? 0)} at most`,
  );
  for (const { object, reason } of notAsInSource(source))
    console.log(`  not as in the source: ${object}: ${reason}`);
  return shares.every((one) => one >= LEAST_SHARE);
}

async function compareApplication(server: Server, filling: Filling): Promise<boolean> {
  const original = await startSource({ ...filling, calls: [] });
  try {
    const source = await original.asOwner((owner) => snapshotOf(owner));
    const made = await rebuilt(server, `${filling.name}_made`, source);
    return report(filling.name, likenessOf(source, made), source);
  } finally {
    await original.stop();
  }
}

async function compareSalesAgent(server: Server): Promise<boolean> {
  await migrate(server, 'sales_agent', salesAgent, signal);
  const source = await inDatabase(server, 'sales_agent', async (connection) => {
    const options = { tables: salesAgentTables, scale: SALES_AGENT_SCALE, seed: SEED, signal };
    await loadTables([connection], options);
    await connection.query('VACUUM ANALYZE');
    return snapshotOf(connection);
  });
  const made = await rebuilt(server, 'sales_agent_made', source);
  return report('Sales Agent', likenessOf(source, made), source);
}

async function main(): Promise<number> {
  const applications = process.env.APPLICATIONS;
  const fillings = applications === undefined ? [] : [pagila, umami].map((of) => of(join(applications)));
  const options = { settings: serverSettings(1), keep: false, signal };
  return withEmbeddedServer(options, async (server) => {
    const alike = [await compareSalesAgent(server)];
    for (const filling of fillings) alike.push(await compareApplication(server, filling));
    return alike.every((one) => one) ? 0 : 1;
  });
}

await asProgram(main);
