import { READ_PRECISION } from '../analyse/precision.ts';
import type { Connection } from '../database/connection.ts';
import { examineRead, drawKey, measureRead } from '../measure/reads.ts';
import { measureRoundTrip } from '../measure/round-trip.ts';
import { firstArms } from '../measure/schedule.ts';
import type { PerArm } from '../model/arm.ts';
import type { ReadMeasurement } from '../model/measurement.ts';
import type { Parameter, ReadItem } from '../model/work-item.ts';
import type { BaselineArms } from './arms.ts';
import { withItem } from './item-scope.ts';
import { withArms, type Session } from './session.ts';

/** Measures the reads on the arms themselves, which nothing has written to. */
export async function measureReads(
  arms: BaselineArms,
  items: readonly ReadItem[],
  session: Session,
): Promise<void> {
  await withArms(session, arms.databases, async (connections, pinning) => {
    session.record.pinning = pinning;
    session.record.roundTrip = await measureRoundTrip(connections.before);
    for (const item of items)
      await session.record.addRead(await measureOne(item, arms, connections, session));
  });
}

async function measureOne(
  item: ReadItem,
  { baseline, built }: BaselineArms,
  connections: PerArm<Connection>,
  session: Session,
): Promise<ReadMeasurement> {
  let parameters: Parameter[] = [];
  const outcome = await withItem(item, baseline, READ_PRECISION, session, async (enough) => {
    parameters = await drawKey(connections.before, item.key);
    const candidate = new Set(built.map(({ name }) => name));
    const order = (purpose: string) => firstArms(session.randomFor(`${purpose} ${baseline} ${item.id}`));
    const examination = await examineRead(item, parameters, connections, candidate, order('planning'));
    const timing = { order: order('schedule'), enough, observer: session.observer };
    return { ...examination, pairs: await measureRead(item, parameters, connections, timing) };
  });
  return { item, baseline, parameters, ...outcome };
}
