import { copyText } from '../../../seed/copy-stream.ts';
import { withClones, type Copy } from '../../database/databases.ts';
import { databaseName } from '../../database/server.ts';
import { warmBoth } from '../../database/warm.ts';
import type { ArmSessions } from '../../measure/sessions.ts';
import { listTargets, writeSupply, type WriteSupply } from '../../measure/write-supply.ts';
import type { Arm, PerArm } from '../../model/arm.ts';
import type { Scheduled, WriteItem } from '../../model/work-item.ts';
import { withArms, type ItemSite, type RunSite } from '../sites.ts';

/** Runs `use` with the sessions on fresh copies of two databases, or two copies of the same, in the same cache state. */
export const withSessionsOnClones = <T>(
  databases: PerArm<string>,
  site: ItemSite,
  sessionsPerArm: number,
  use: (sessions: PerArm<ArmSessions>) => Promise<T>,
): Promise<T> => {
  const copyOf = (arm: Arm): Copy => ({
    template: databases[arm],
    name: databaseName(site.server, `clone_${arm}`),
  });
  return withClones(site, [copyOf('before'), copyOf('after')], async ([before, after]) => {
    await warmCopies({ before, after }, site);
    return withArms(site, { before, after }, sessionsPerArm, use);
  });
};

/** Copies that have just been made are both in the page cache, unless the second has pushed the first out. */
async function warmCopies(databases: PerArm<string>, site: RunSite): Promise<void> {
  if (site.state.memory?.regime === 'larger than memory') await warmBoth(site, databases);
}

/**
 * What a write writes, on copies that nothing has written to.
 *
 * @param purpose the same parameters for the same purpose and seed, whatever else is written
 */
export async function supplyOf(
  { item, baseline }: Scheduled<WriteItem>,
  sessions: PerArm<ArmSessions>,
  { randomFor, rowsOf, ask }: ItemSite,
  purpose = 'parameters',
): Promise<WriteSupply> {
  const targets = await listTargets(sessions.before[0], item, ask);
  const random = randomFor(`${purpose} ${baseline} ${item.id}`);
  return writeSupply(item, targets, { random, rowsOf, sendCopy: copyText });
}
