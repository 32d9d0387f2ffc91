import { READ_PRECISION } from '../../analyse/precision.ts';
import { withConnection } from '../../database/connection.ts';
import { withOwnDatabase } from '../../database/own-database.ts';
import { databaseName } from '../../database/server.ts';
import { coldRunner, measureBufferCold, type RunCold } from '../../measure/buffer-cold.ts';
import { withPinning } from '../../measure/pinning.ts';
import { drawKey } from '../../measure/reads.ts';
import { ItemError } from '../../model/errors.ts';
import type { ReadItem, Scheduled } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { leftCold } from '../measured.ts';
import { orderFor, type Session } from '../session.ts';
import { withUnit } from './unit.ts';

/** Reads whose buffers are emptied for every execution: no session outlives that everywhere, so they come last. */
export async function measureColdReads(
  arms: readonly BaselineArms[],
  items: readonly ReadItem[],
  session: Unobserved,
): Promise<void> {
  if (items.length === 0) return;
  const database = databaseName(session.server, 'observer');
  await withOwnDatabase(session, database, ({ database: own = database }) =>
    withPinning(session.server, async () => {
      const runCold = (await coldRunner(session, own)) ?? refuse;
      for (const arm of arms) {
        for (const item of leftCold(items, arm.baseline, session.record.measured))
          await measureCold({ item, baseline: arm.baseline }, arm, runCold, session);
      }
    }),
  );
}

type Unobserved = Omit<Session, 'observer'>;

const refuse: RunCold = () =>
  Promise.reject(
    new ItemError('this role may neither evict buffers (pg_buffercache, 17) nor restart the server'),
  );

async function measureCold(
  read: Scheduled<ReadItem>,
  { databases }: BaselineArms,
  runCold: RunCold,
  session: Unobserved,
): Promise<void> {
  const { sql, key, title } = read.item;
  const { server, signal } = session;
  const unit = { ...read, title: `${title}  buffer-cold`, precision: READ_PRECISION };
  const outcome = await withUnit(unit, session, async (enough) => {
    const draw = () => withConnection(server.owner(databases.before), signal, (arm) => drawKey(arm, key));
    const statement = { sql, parameters: await draw() };
    const timing = { order: orderFor(session, 'buffer-cold', read), enough };
    return measureBufferCold(statement, databases, runCold, timing);
  });
  await session.record.addBufferCold(read, outcome);
}
