import { READ_PRECISION } from '../analyse/precision.ts';
import { withConnection } from '../database/connection.ts';
import { coldRunner, measureBufferCold } from '../measure/buffer-cold.ts';
import { withPinning } from '../measure/pinning.ts';
import { drawKey } from '../measure/reads.ts';
import type { ReadItem } from '../model/work-item.ts';
import type { BaselineArms } from './arms.ts';
import { orderFor, type Session } from './session.ts';
import { withUnit } from './unit.ts';

/** Reads whose buffers are emptied for every execution: no session outlives that everywhere, so they come last. */
export async function measureColdReads(
  arms: readonly BaselineArms[],
  items: readonly ReadItem[],
  session: Omit<Session, 'observer'>,
): Promise<void> {
  if (items.length === 0) return;
  const { server, signal } = session;
  const runCold = await coldRunner(server, signal);
  await withConnection(server.url(), signal, (connection) =>
    withPinning(connection, async () => {
      for (const { baseline, databases } of arms) {
        for (const item of items) {
          const read = { item, baseline };
          const unit = { ...read, title: `${item.title}  buffer-cold`, precision: READ_PRECISION };
          const outcome = await withUnit(unit, session, async (enough) => {
            const draw = () =>
              withConnection(server.url(databases.before), signal, (arm) => drawKey(arm, item.key));
            const statement = { sql: item.sql, parameters: await draw() };
            const timing = { order: orderFor(session, 'buffer-cold', read), enough };
            return measureBufferCold(statement, databases, runCold, timing);
          });
          await session.record.addBufferCold(read, outcome);
        }
      }
    }),
  );
}
