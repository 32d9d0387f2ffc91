import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withConnection, type Connection } from '../../bench/database/connection.ts';
import type { Server } from '../../bench/database/server.ts';
import { pathOf } from '../../bench/model/file-location.ts';
import { migrate } from '../../bench/run/template.ts';
import { salesAgent } from '../../bench/suites/sales-agent/suite.ts';
import { loadTables } from '../../seed/load.ts';
import { tables as salesAgentTables } from '../../seed/tables/index.ts';
import { pagila, pagilaCandidate } from '../../tests/fixtures/applications/pagila.ts';
import { umami, UMAMI_CANDIDATE, umamiMigrations } from '../../tests/fixtures/applications/umami.ts';
import { startSource, type Filling } from '../../tests/fixtures/source.ts';

export const SEED = 42;

/** A database with rows of its own, and the migration that is applied to it. */
export interface Original {
  title: string;
  /** SQL. */
  candidate: string;
  /** Statements, beside those that it has run. */
  statements: readonly { sql: string; origin: string }[];
  use: <T>(work: (owner: Connection) => Promise<T>) => Promise<T>;
  stop: () => Promise<void>;
}

/** COPY has no plan. */
const plannedWrites = salesAgent.writes.filter(({ operation }) => operation !== 'COPY');

/** The tables and statements of the Sales Agent, in a database of `server`. */
export async function salesAgentOriginal(
  server: Server,
  scale: number,
  signal: AbortSignal,
): Promise<Original> {
  const name = 'sales_agent';
  await migrate(server, name, salesAgent, signal);
  const use: Original['use'] = (work) => withConnection(server.admin(name), signal, work);
  await use(async (owner) => {
    await loadTables([owner], { tables: salesAgentTables, scale, seed: SEED, signal });
    await owner.query('VACUUM ANALYZE');
  });
  return {
    title: 'Sales Agent',
    candidate: await readFile(pathOf(salesAgent.candidate.up), 'utf8'),
    statements: [...salesAgent.reads, ...plannedWrites].map(({ sql, id }) => ({ sql, origin: id })),
    use,
    stop: () => Promise.resolve(),
  };
}

/** An application whose schema lies in a folder, on a server of its own, with the statements that it sends. */
async function application(filling: Filling, candidateFile: string): Promise<Original> {
  const { asOwner, stop } = await startSource(filling);
  await asOwner((owner) => owner.query('VACUUM ANALYZE'));
  const candidate = await readFile(candidateFile, 'utf8');
  return { title: filling.name, candidate, statements: [], use: asOwner, stop };
}

/** @param folder where the schemas of the applications lie */
export const applications = (folder: string): (() => Promise<Original>)[] => [
  () => application(pagila(folder), pagilaCandidate),
  () => application(umami(folder), join(umamiMigrations(folder), UMAMI_CANDIDATE, 'migration.sql')),
];
