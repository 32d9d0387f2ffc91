import { SESSIONS_BESIDE_ARMS } from '../database/server.ts';
import { SESSIONS_PER_ARM } from '../measure/sessions.ts';
import { counted } from '../format/quantity.ts';
import { chosenItems } from './chosen-items.ts';
import { copiesOf, sessionsInRound } from './copy-groups.ts';
import { WRITERS } from './items/concurrent-writers.ts';
import type { RunRequest } from './run-request.ts';

/** What a run does to somebody's server, for the user who allows it. */
export function describeServerLoad(request: RunRequest, maxSessions: number): string {
  if (request.server.asTheyAre)
    return `this run reads databases that are there, and makes nothing; it has at most ${Math.min(maxSessions, SESSIONS_AS_THEY_ARE)} sessions open on either server`;
  const databases = counted(databasesMade(request), 'database');
  const made = request.workload === 'full' ? `more than ${databases}` : databases;
  const sessions = Math.min(maxSessions, sessionsWanted(request));
  return `this run makes and drops ${made}, each with a checkpoint of the whole server, and has at most ${sessions} sessions open`;
}

/** Beside the one that stays: the observer's, those of the reads, and two that compare a server with itself. */
const SESSIONS_AS_THEY_ARE = 6;

/** The account of each index times a read on many sessions. */
function sessionsWanted(request: RunRequest): number {
  const inRounds = request.baselines.length * sessionsInRound(chosenItems(request));
  const most = request.workload === 'full' ? Math.max(inRounds, 2 * SESSIONS_PER_ARM.read) : inRounds;
  return SESSIONS_BESIDE_ARMS + most;
}

/** Leaves out those for the account of each index: their number is known once the candidate is applied. */
function databasesMade(request: RunRequest): number {
  const { suite, baselines } = request;
  const chosen = chosenItems(request);
  const { bufferCold, concurrent, isLongRun } = chosen;
  const template = 1;
  const tried = baselines.length;
  const arms = 2 * baselines.length;
  const claims = suite.claims.length > 0 && baselines.includes('shipped') ? 1 : 0;
  const observers = bufferCold.length > 0 ? 2 : 1;
  const copies = copiesOf(chosen);
  const concurrency = concurrent ? 2 * WRITERS.length : 0;
  const longRun = isLongRun ? 2 : 0;
  return template + tried + arms + claims + observers + baselines.length * copies + concurrency + longRun;
}
