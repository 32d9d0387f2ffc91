import { SESSIONS_BESIDE_ARMS, type Server } from '../database/server.ts';
import { SESSIONS_PER_ARM } from '../measure/sessions.ts';
import { counted, bytes } from '../format/quantity.ts';
import { chosenItems } from './chosen-items.ts';
import { copyGroups } from './copy-groups.ts';
import { WRITERS } from './items/concurrent-writers.ts';
import type { RunRequest } from './run-request.ts';
import { expectedBytes } from '../../seed/expected-bytes.ts';
import { RunError } from '../model/errors.ts';

/** What a run does to somebody's server, for the user who allows it. */
export function describeServerLoad(request: RunRequest, maxSessions: number): string {
  const databases = counted(databasesMade(request), 'database');
  const made = request.workload === 'full' ? `more than ${databases}` : databases;
  const sessions = Math.min(maxSessions, SESSIONS_BESIDE_ARMS + 2 * SESSIONS_PER_ARM.read);
  return `this run makes and drops ${made}, each with a checkpoint of the whole server, and has at most ${sessions} sessions open`;
}

/** Leaves out those for the account of each index: their number is known once the candidate is applied. */
function databasesMade(request: RunRequest): number {
  const { suite, baselines } = request;
  const { writes, bufferCold, concurrent, canaries } = chosenItems(request);
  const template = 1;
  const arms = 2 * baselines.length;
  const claims = suite.claims.length > 0 && baselines.includes('shipped') ? 1 : 0;
  const observers = bufferCold.length > 0 ? 2 : 1;
  const groups = copyGroups(
    writes.map((item) => ({ item })),
    { isOurs: false },
  );
  const copies = canaries.reads.length + 2 * canaries.writes.length + 2 * groups.length;
  const concurrency = concurrent ? 2 * WRITERS.length : 0;
  return template + arms + claims + observers + baselines.length * copies + concurrency;
}

/** The catalogs of an empty database. */
const EMPTY_DATABASE_BYTES = 7 * 1024 ** 2;

/** Databases that exist at the same time: the template, two arms of each baseline, and two copies to write to. */
const databasesAtOnce = ({ baselines }: Pick<RunRequest, 'baselines'>): number => 3 + 2 * baselines.length;

/**
 * Checks, before anything is loaded, whether there is room for the least that the run takes. Rows take more room on disk
 * than as text: free space is checked again before every copy.
 *
 * @throws RunError saying what is missing
 */
export async function refuseUnlessRoom(request: RunRequest, server: Server): Promise<void> {
  const { suite, scale, seed } = request;
  const each = EMPTY_DATABASE_BYTES + expectedBytes(suite.dataset.tables, scale, seed);
  const wanted = each * databasesAtOnce(request);
  const { bytes: free, limit } = await server.room();
  if (wanted <= free) return;
  throw new RunError('There is no room for the databases of this run', {
    detail: `They take ${bytes(wanted)} or more; ${bytes(Math.max(0, free))} are left: ${limit}.`,
    remedy: 'Make room, or measure a smaller dataset with --scale.',
  });
}
