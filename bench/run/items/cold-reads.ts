import { withConnection } from '../../database/connection.ts';
import { attempted } from '../../database/item-failure.ts';
import { withOwnDatabase } from '../../database/own-database.ts';
import { databaseName } from '../../database/server.ts';
import { coldRunner, measureBufferCold, type RunCold } from '../../measure/buffer-cold.ts';
import type { Enough } from '../../measure/pairs.ts';
import { withPinning } from '../../measure/pinning.ts';
import { drawKey } from '../../measure/reads.ts';
import { ItemError } from '../../model/errors.ts';
import type { ReadItem, Scheduled } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { unmeasuredCold } from '../measured.ts';
import { orderFor, type ItemSite } from '../sites.ts';

/** Measures reads last whose buffers are emptied for every execution: on some servers that ends every session. */
export async function measureColdReads(
  arms: readonly BaselineArms[],
  items: readonly ReadItem[],
  site: ItemSite,
): Promise<void> {
  if (items.length === 0) return;
  const database = databaseName(site.server, 'observer');
  await withOwnDatabase(site, database, ({ database: own = database }) =>
    withPinning(site.server, async () => {
      const runCold = (await coldRunner(site, own)) ?? refuse;
      for (const arm of arms) {
        for (const item of unmeasuredCold(items, arm.baseline, site.state.measured))
          await measureCold({ item, baseline: arm.baseline }, arm, runCold, site);
      }
    }),
  );
}

const refuse: RunCold = () =>
  Promise.reject(
    new ItemError('this role may neither evict buffers (pg_buffercache, 17) nor restart the server'),
  );

/** Enough for an interval: it stands beside the cached read, without a verdict. */
const PAIRS = 6;

async function measureCold(
  read: Scheduled<ReadItem>,
  { databases }: BaselineArms,
  runCold: RunCold,
  site: ItemSite,
): Promise<void> {
  const { sql, key } = read.item;
  const { server, signal, ask } = site;
  const outcome = await attempted(sql, async () => {
    const draw = () =>
      withConnection(server.owner(databases.before), signal, (arm) => drawKey(arm, key, ask));
    const statement = { sql, parameters: await draw() };
    const enough: Enough = ({ length }) => length >= PAIRS;
    const timing = { order: orderFor(site, 'buffer-cold', read), enough };
    return measureBufferCold(statement, databases, runCold, timing);
  });
  await site.store.addBufferCold(read, outcome);
}
