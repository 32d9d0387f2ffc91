import { checkpoint } from '../database/checkpoint.ts';
import { withConnection } from '../database/connection.ts';
import { canEvict } from '../database/evict.ts';
import { enableLogInspection, withOwnDatabase, enableStatementStatistics } from '../database/own-database.ts';
import { pendingRows } from '../database/pending-lists.ts';
import { databaseName, type Server, type Site } from '../database/server.ts';
import type { Observer } from '../measure/observer.ts';
import { withPinning } from '../measure/pinning.ts';
import { forgetStatements } from '../measure/statement-clock.ts';
import type { Warning } from '../model/outcome.ts';
import { serversOf, type ItemSite, type ObservedSite, type RunSite } from './sites.ts';

/**
 * Runs `use` with a session beside the arms' on each server, in a database of its own with its extensions. Without
 * pg_stat_statements the result gets a warning.
 */
export const withObservers = <T>(site: ItemSite, use: (site: ObservedSite) => Promise<T>): Promise<T> =>
  withObserversOn(serversOf(site), site, (observers) => {
    const observerOf: ObservedSite['observerOf'] = (server) => {
      const observer = observers.get(server);
      if (!observer) throw new Error('no session watches this server');
      return observer;
    };
    return use({ ...site, observer: observerOf(site.server), observerOf });
  });

function withObserversOn<T>(
  [server, ...others]: readonly Server[],
  site: ItemSite,
  use: (observers: ReadonlyMap<Server, Observer>) => Promise<T>,
): Promise<T> {
  if (!server) return use(new Map());
  return withObserver({ ...site, server }, (observer) =>
    withObserversOn(others, site, (observers) => use(new Map([[server, observer], ...observers]))),
  );
}

async function withObserver<T>(
  { server, signal, state }: Pick<RunSite, 'server' | 'signal' | 'state'>,
  use: (observer: Observer) => Promise<T>,
): Promise<T> {
  const database = databaseName(server, 'observer');
  return withOwnDatabase({ server, signal }, database, async (connection) => {
    const refusal = await enableStatementStatistics(connection);
    if (refusal !== undefined) state.addWarnings([withoutServerTime(refusal)]);
    if (!(await checkpoint(connection))) state.addWarnings([WITHOUT_CHECKPOINT]);
    const log = await enableLogInspection(connection);
    // A look at all buffers of somebody's large server would disturb it.
    const evicts = server.isOurs && (await canEvict(connection));
    const readsStatementTimes = refusal === undefined;
    return use({ connection, readsStatementTimes, log, evicts, pendingRows: rowsAsked({ server, signal }) });
  });
}

/** A guest has no session to spare for it, and hardly the right to pgstattuple. */
const rowsAsked = ({ server, signal }: Site): Observer['pendingRows'] =>
  server.isOurs
    ? (database, index) =>
        withConnection(server.admin(database), signal, (admin) => pendingRows(admin, index))
    : undefined;

/** Runs `use`, which times, with server and harness confined to one core where that can be done. */
export const onOneCore = <Site extends ObservedSite, T>(
  site: Site,
  use: (site: Site) => Promise<T>,
): Promise<T> =>
  withPinning(site.server, (pinning) => {
    site.state.pinning = pinning;
    const core = pinning.state === 'pinned' ? pinning.core : undefined;
    return use({ ...site, observer: { ...site.observer, core } });
  });

/** A server of ours keeps the times of what will not be asked for again: each answer is sought among all of them. */
export const forgetStatementsOn = async ({ server, observer }: ObservedSite): Promise<void> => {
  if (server.isOurs) await forgetStatements(observer);
};

const WITHOUT_CHECKPOINT: Warning = {
  code: 'no-checkpoint',
  cause:
    'this role may not execute CHECKPOINT: pages that are written late may disturb a pair, and images right after a checkpoint are not those',
  remedy: 'grant it pg_checkpoint (15 and later), or measure on a server of your own',
};

export const withoutServerTime = (refusal: string): Warning => ({
  code: 'no-server-time',
  cause: `the server does not tell its own times: ${refusal}`,
  remedy: 'install pg_stat_statements and add it to shared_preload_libraries',
});
