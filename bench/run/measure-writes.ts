import { copyText } from '../../seed/copy-stream.ts';
import { WRITE_PRECISION } from '../analyse/precision.ts';
import { withConnection } from '../database/connection.ts';
import { withClone } from '../database/databases.ts';
import type { Enough } from '../measure/pairs.ts';
import { SESSIONS_PER_ARM } from '../measure/sessions.ts';
import { listTargets, measureWrite } from '../measure/writes.ts';
import type { PerArm } from '../model/arm.ts';
import type { WriteTiming } from '../model/measurement.ts';
import type { Scheduled, WriteItem } from '../model/work-item.ts';
import type { BaselineArms } from './arms.ts';
import { orderFor, withArms, type Session } from './session.ts';
import { withUnit } from './unit.ts';

/** Measures each write on copies of the arms made for it, so that no item sees what another one wrote. */
export async function measureWrites(
  { baseline, databases }: BaselineArms,
  items: readonly WriteItem[],
  session: Session,
): Promise<void> {
  for (const item of items) {
    const write = { item, baseline };
    const unit = { ...write, title: item.title, precision: WRITE_PRECISION };
    const outcome = await withUnit(unit, session, (enough) =>
      measureOnClones(write, databases, session, enough),
    );
    await session.record.addWrite({ ...write, ...outcome });
  }
}

/** Measures a write on a fresh copy of each of two databases, or on two of the same. */
export async function measureOnClones(
  write: Scheduled<WriteItem>,
  databases: PerArm<string>,
  session: Session,
  enough: Enough,
): Promise<WriteTiming> {
  return withClones(databases, session, (clones) =>
    withArms(session, clones, SESSIONS_PER_ARM.write, async (sessions) => {
      const { item, baseline } = write;
      const targets = await listTargets(sessions.before[0], item);
      const random = session.randomFor(`parameters ${baseline} ${item.id}`);
      const context = { random, rowsOf: session.rowsOf, sendCopy: copyText };
      const timing = { order: orderFor(session, 'schedule', write), enough, observer: session.observer };
      return measureWrite(item, targets, sessions, context, timing);
    }),
  );
}

async function withClones<T>(
  databases: PerArm<string>,
  { server, signal }: Session,
  use: (clones: PerArm<string>) => Promise<T>,
): Promise<T> {
  const names = { before: 'index_impact_clone_before', after: 'index_impact_clone_after' };
  return withConnection(server.url(), signal, (admin) =>
    withClone(admin, databases.before, names.before, () =>
      withClone(admin, databases.after, names.after, () => use(names)),
    ),
  );
}
