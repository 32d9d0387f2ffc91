import { copyText } from '../../../seed/copy-stream.ts';
import { withClones, type Copy } from '../../database/databases.ts';
import { databaseName, type Site } from '../../database/server.ts';
import { warmBoth } from '../../database/warm.ts';
import type { ArmSessions } from '../../measure/sessions.ts';
import { listTargets, writeSupply, type WriteSupply } from '../../measure/write-supply.ts';
import type { Arm, PerArm } from '../../model/arm.ts';
import type { Scheduled, WriteItem } from '../../model/work-item.ts';
import { withArms, type ItemSite, type RunSite } from '../sites.ts';

/**
 * Runs `use` with fresh copies of pairs of databases, in their order. They are made and dropped at the same time: each waits
 * for the disk.
 */
export const withCopies = <T>(
  pairs: readonly PerArm<string>[],
  site: Site,
  use: (copies: readonly PerArm<string>[]) => Promise<T>,
): Promise<T> =>
  withClones(
    site,
    pairs.flatMap((pair, place) => copiesOf(pair, site, place + 1)),
    (names) => use(inPairs(names)),
  );

const copiesOf = (pair: PerArm<string>, { server }: Site, ordinal = 1): [Copy, Copy] => {
  const copyOf = (arm: Arm): Copy => ({
    template: pair[arm],
    name: databaseName(server, `clone${ordinal}_${arm}`),
  });
  return [copyOf('before'), copyOf('after')];
};

function inPairs([before, after, ...others]: readonly string[]): PerArm<string>[] {
  return before === undefined || after === undefined ? [] : [{ before, after }, ...inPairs(others)];
}

/** Runs `use` with the sessions on two databases that have just been made, in the same cache state. */
export async function withSessionsOnCopies<T>(
  copies: PerArm<string>,
  site: ItemSite,
  sessionsPerArm: number,
  use: (sessions: PerArm<ArmSessions>) => Promise<T>,
): Promise<T> {
  await warmCopies(copies, site);
  return withArms(site, copies, sessionsPerArm, use);
}

/** Runs `use` with the sessions on fresh copies of two databases, or two copies of the same. */
export const withSessionsOnClones = <T>(
  databases: PerArm<string>,
  site: ItemSite,
  sessionsPerArm: number,
  use: (sessions: PerArm<ArmSessions>) => Promise<T>,
): Promise<T> =>
  withClones(site, copiesOf(databases, site), ([before, after]) =>
    withSessionsOnCopies({ before, after }, site, sessionsPerArm, use),
  );

/** Copies that have just been made are both in the page cache, unless the second has pushed the first out. */
export async function warmCopies(databases: PerArm<string>, site: RunSite): Promise<void> {
  if (site.state.memory?.regime !== 'in memory') await warmBoth(site, databases);
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
