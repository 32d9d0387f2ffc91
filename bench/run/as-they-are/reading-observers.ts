import { withConnection } from '../../database/connection.ts';
import { installedStatistics } from '../../database/installed-statistics.ts';
import type { Server } from '../../database/server.ts';
import type { Observer } from '../../measure/observer.ts';
import { withoutServerTime } from '../observer.ts';
import type { ItemSite, ObservedSite } from '../sites.ts';

/**
 * Runs `use` with a session beside the arms' in each of two databases that are only read. It tells the server's own times where
 * the database has pg_stat_statements, and nothing else that would need an extension.
 */
export const withReadingObservers = <T>(
  site: ItemSite,
  use: (site: ObservedSite) => Promise<T>,
): Promise<T> => {
  const { before, after } = site.placement;
  return withReadingObserver(site, before, (there) =>
    withReadingObserver(site, after, (here) =>
      use({ ...site, observer: there, observerOf: (server) => (server === after ? here : there) }),
    ),
  );
};

async function withReadingObserver<T>(
  { signal, state }: ItemSite,
  server: Server,
  use: (observer: Observer) => Promise<T>,
): Promise<T> {
  const { login, refusal } = await server.administer((admin) => installedStatistics(admin, server.admin()));
  if (refusal !== undefined) state.addWarnings([withoutServerTime(refusal)]);
  return withConnection(login, signal, (connection) =>
    use({ connection, readsStatementTimes: refusal === undefined, log: undefined, evicts: false }),
  );
}
