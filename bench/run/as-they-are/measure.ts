import { askingOnce } from '../../database/ask-rows.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import type { Server } from '../../database/server.ts';
import { count, counted } from '../../format/quantity.ts';
import { ARMS, type PerArm } from '../../model/arm.ts';
import type { Warning } from '../../model/outcome.ts';
import type { ServerPair } from '../../model/two-servers.ts';
import { describeSession } from '../environment.ts';
import { memoryUse, serverMemory } from '../memory.ts';
import type { RunRequest } from '../run-request.ts';
import { itemSiteOf, type RunPlace } from '../sites.ts';
import { describePair, pairWarnings } from '../two-servers/describe-pair.ts';
import {
  AS_IT_IS,
  candidateOf,
  datasetOf,
  differenceWarnings,
  indexDifference,
  refuseChanged,
  storageOf,
} from './difference.ts';
import { measureReads } from './measure-reads.ts';
import { readDatabase, type ReadDatabase } from './read-database.ts';
import { withReadingObservers } from './reading-observers.ts';

/**
 * Measures the reads of two databases that are there already and differ in indexes alone, in sessions that can only read. No arm can
 * change places: yardsticks tell what the servers make of a statement.
 *
 * @throws RunError where the databases differ in more, or in nothing
 */
export async function measureAsTheyAre(
  asked: RunRequest,
  { environment, ...place }: RunPlace,
): Promise<void> {
  const { state, store, phases, placement, signal } = place;
  const databases = await phases.during('compare', () => readBoth(place), describeDatabases);
  const difference = indexDifference(databases);
  const pair = await describePair(placement, NAMES, signal);
  state.servers = { ...pair, ...(await placesOf(placement, pair)), arms: 'stay' };
  state.addWarnings([READS_ALONE, ...pairWarnings(pair), ...differenceWarnings(databases, difference)]);
  const request = readsOf(asked);
  state.baselines = request.baselines;
  state.candidate = candidateOf(request.suite.candidate.name, difference);
  state.storage = storageOf(databases);
  const measuredOn = await withConnection(placement.before.owner(NAMES.before), signal, (session) =>
    describeSession(session, environment),
  );
  await store.begin(measuredOn, datasetOf(databases.before));
  await store.change(request);
  state.noteMemory(memoryUse(bytesOf(databases.before), await serverMemory(placement.before)));
  const site = { ...place, server: placement.before, crossed: undefined, ask: askingOnce(), copiesAtOnce: 0 };
  const built = difference.made.map(({ name }) => ({ name }));
  await withReadingObservers(itemSiteOf(request, site), (observed) =>
    measureReads(request, { baseline: AS_IT_IS, databases: NAMES, built }, databases.before.tables, observed),
  );
  refuseChanged(
    databases,
    await phases.during(
      'compare',
      () => readBoth(place),
      () => 'both are as they were',
    ),
  );
}

/** With the names of the databases: both may be on one server. */
async function placesOf(
  { before, after }: RunPlace['placement'],
  pair: Pick<ServerPair, 'before' | 'after'>,
): Promise<Pick<ServerPair, 'before' | 'after'>> {
  const nameOn = (server: Server): Promise<string> => server.administer(databaseOf);
  return {
    before: { ...pair.before, place: `${pair.before.place}/${await nameOn(before)}` },
    after: { ...pair.after, place: `${pair.after.place}/${await nameOn(after)}` },
  };
}

const databaseOf = async (admin: Connection): Promise<string> =>
  (await admin.query<{ name: string }>('SELECT current_database() AS name')).rows[0]?.name ?? '';

/** A login leads to the database of its URL, whatever it is called. */
const NAMES: PerArm<string> = { before: 'before', after: 'after' };

async function readBoth({ placement }: Pick<RunPlace, 'placement'>): Promise<PerArm<ReadDatabase>> {
  const [before, after] = await Promise.all(ARMS.map((arm) => placement[arm].administer(readDatabase)));
  if (!before || !after) throw new Error('there are two arms');
  return { before, after };
}

const describeDatabases = ({ before: { tables } }: PerArm<ReadDatabase>): string =>
  `${counted(tables.length, 'table')}, ${count(tables.reduce((sum, { rows }) => sum + rows, 0))} rows in each`;

const bytesOf = ({ tables }: ReadDatabase): number =>
  tables.reduce((sum, { size: { tableBytes, indexBytes } }) => sum + tableBytes + indexBytes, 0);

/** Nothing is written, and no document says anything of these databases. */
const readsOf = (asked: RunRequest): RunRequest => {
  const { candidate, ...suite } = asked.suite;
  const left = { writes: [], claims: [], opportunities: [], canaries: [] };
  return {
    ...asked,
    baselines: [AS_IT_IS],
    suite: { ...suite, ...left, candidate: { ...candidate, name: 'index-difference' } },
  };
};

const READS_ALONE: Warning = {
  code: 'reads-alone',
  cause: 'nothing was written: what the candidate costs is not known',
  remedy: 'measure without --as-they-are, or the candidate with `index-impact try`',
};
