import { copyText } from '../../seed/copy-stream.ts';
import { WRITE_PRECISION } from '../analyse/precision.ts';
import { withConnection } from '../database/connection.ts';
import { withClone } from '../database/databases.ts';
import type { Enough } from '../measure/pairs.ts';
import { firstArms } from '../measure/schedule.ts';
import { listTargets, measureWrite } from '../measure/writes.ts';
import type { PerArm } from '../model/arm.ts';
import type { Pair } from '../model/pair.ts';
import type { WriteItem } from '../model/work-item.ts';
import type { BaselineArms } from './arms.ts';
import { withItem } from './item-scope.ts';
import { withArms, type Session } from './session.ts';

/** Measures each write on copies of the arms made for it, so that no item sees what another one wrote. */
export async function measureWrites(
  arms: BaselineArms,
  items: readonly WriteItem[],
  session: Session,
): Promise<void> {
  const { baseline } = arms;
  for (const item of items) {
    const outcome = await withItem(item, baseline, WRITE_PRECISION, session, (enough) =>
      withClones(arms.databases, session, async (clones) => ({
        pairs: await measureOnClones(item, baseline, clones, session, enough),
      })),
    );
    await session.record.addWrite({ item, baseline, ...outcome });
  }
}

async function withClones<T>(
  databases: PerArm<string>,
  { server, signal }: Session,
  use: (clones: PerArm<string>) => Promise<T>,
): Promise<T> {
  return withConnection(server.url(), signal, (admin) =>
    withClone(admin, databases.before, (before) =>
      withClone(admin, databases.after, (after) => use({ before, after })),
    ),
  );
}

async function measureOnClones(
  item: WriteItem,
  baseline: string,
  clones: PerArm<string>,
  session: Session,
  enough: Enough,
): Promise<Pair[]> {
  return withArms(session, clones, async (connections, pinning) => {
    session.record.pinning = pinning;
    const targets = await listTargets(connections.before, item);
    const random = session.randomFor(`parameters ${baseline} ${item.id}`);
    const order = firstArms(session.randomFor(`schedule ${baseline} ${item.id}`));
    const context = { random, rowsOf: session.rowsOf, sendCopy: copyText };
    return measureWrite(item, targets, connections, context, { order, enough, observer: session.observer });
  });
}
