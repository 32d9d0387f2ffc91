import { withConnection } from '../../database/connection.ts';
import { enableStatementStatistics, withOwnDatabase } from '../../database/own-database.ts';
import { databaseName, type Site } from '../../database/server.ts';
import { nodeBuilds } from '../../measure/node-builds.ts';
import type { BaselineArms } from '../arms.ts';

/** Arms on a cluster, with what each node took to build the candidate's indexes; as they are where no node tells. */
export const withNodeBuilds = (arms: readonly BaselineArms[], site: Site): Promise<BaselineArms[]> =>
  withOwnDatabase(site, databaseName(site.server, 'builders'), async (observer) => {
    if ((await enableStatementStatistics(observer)) !== undefined) return [...arms];
    const told: BaselineArms[] = [];
    for (const one of arms) {
      const login = site.server.owner(one.databases.after);
      const found = await withConnection(login, site.signal, (session) => nodeBuilds(observer, session));
      const built = one.built.map((index) => {
        const nodes = found.get(index.name);
        return nodes ? { ...index, nodes } : index;
      });
      told.push({ ...one, built });
    }
    return told;
  });
