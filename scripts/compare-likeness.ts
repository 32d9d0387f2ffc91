import { likenessOf } from '../bench/analyse/likeness.ts';
import type { Connection } from '../bench/database/connection.ts';
import type { Server } from '../bench/database/server.ts';
import type { Likeness } from '../bench/model/likeness.ts';
import type { Snapshot } from '../bench/model/snapshot.ts';
import { withSource } from '../bench/source/open-source.ts';
import { describeMade } from '../bench/source/snapshot/describe-made.ts';
import { withEmbeddedServer } from '../bench/servers/embedded/embedded.ts';
import { serverSettings } from '../bench/servers/server-settings.ts';
import { notAsInSource } from '../seed/from-statistics/from-statistics.ts';
import { sourceOf } from '../tests/fixtures/snapshot-of.ts';
import { asProgram } from './as-program.ts';
import { applications, salesAgentOriginal, type Original } from './likeness/original.ts';
import { describe, inRebuilt } from './likeness/rebuild.ts';
import { reportColumns, reportPlans } from './likeness/report.ts';

/**
 * Rebuilds databases from their statistics alone and holds them against the originals, before and after their migrations: Pagila and
 * Umami, whose schemas lie in the folder that APPLICATIONS names, and the Sales Agent's tables at scale 0.2. Prints each column that is
 * not alike and each statement that is planned otherwise, and the share of the others. Fails where it is less than 95 % of the columns
 * or keys, or 90 % of the statements.
 */
const SALES_AGENT_SCALE = 0.2;
const { signal } = new AbortController();

const likenessNow = (source: Snapshot, made: Connection): Promise<Likeness> =>
  withSource(sourceOf(made), signal, async (rebuilt) =>
    likenessOf(source, await describeMade(rebuilt, source)),
  );

/** @returns whether enough is alike */
async function compare(server: Server, original: Original): Promise<boolean> {
  const { title, candidate, use } = original;
  const source = await describe(original);
  const name = `${title.toLowerCase().replaceAll(' ', '_')}_made`;
  return inRebuilt(server, name, source, async (made) => {
    const before = await likenessNow(source, made);
    const enough = [reportColumns(title, before, notAsInSource(source)), reportPlans('before', before)];
    for (const apply of [use, (work: (owner: Connection) => Promise<unknown>) => work(made)])
      await apply((owner) => owner.query(`SET search_path = public; ${candidate}; ANALYZE`));
    const after = await likenessNow(await describe(original), made);
    return [...enough, reportPlans('after', after)].every((one) => one);
  });
}

async function main(): Promise<number> {
  const folder = process.env.APPLICATIONS;
  const options = { settings: serverSettings(1), keep: false, signal };
  return withEmbeddedServer(options, async (server) => {
    const begin = [
      () => salesAgentOriginal(server, SALES_AGENT_SCALE, signal),
      ...(folder === undefined ? [] : applications(folder)),
    ];
    const alike: boolean[] = [];
    for (const start of begin) {
      const original = await start();
      alike.push(await compare(server, original).finally(original.stop));
    }
    return alike.every((one) => one) ? 0 : 1;
  });
}

await asProgram(main);
