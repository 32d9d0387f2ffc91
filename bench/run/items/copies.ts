import { copyText } from '../../../seed/copy-stream.ts';
import { withClones, type Copy } from '../../database/databases.ts';
import type { Login } from '../../database/login.ts';
import { databaseName } from '../../database/server.ts';
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
export function withCopies<T>(
  pairs: readonly PerArm<string>[],
  site: PlacedSite,
  use: (copies: readonly PerArm<string>[]) => Promise<T>,
): Promise<T> {
  if (pairs.length === 0) return use([]);
  const { placement, signal } = site;
  if (placement.before !== placement.after) return withCopiesApart(pairs, site, use);
  return withClones(
    { server: placement.before, signal },
    pairs.flatMap((pair, place) => [copyOf('before', pair, site, place), copyOf('after', pair, site, place)]),
    (names) => use(inPairs(names)),
  );
}

/** What copies need to know of a site. */
type PlacedSite = Pick<RunSite, 'placement' | 'signal'>;

/** Of each arm on its own server. */
const withCopiesApart: typeof withCopies = (pairs, site, use) => {
  const { placement, signal } = site;
  const ofArm = <T>(arm: Arm, then: (names: readonly string[]) => Promise<T>): Promise<T> =>
    withClones(
      { server: placement[arm], signal },
      pairs.map((pair, place) => copyOf(arm, pair, site, place)),
      then,
    );
  return ofArm('before', (before) =>
    ofArm('after', (after) => use(inPairs(before.flatMap((name, place) => [name, after[place] ?? ''])))),
  );
};

const copyOf = (arm: Arm, pair: PerArm<string>, { placement }: PlacedSite, place: number): Copy => ({
  template: pair[arm],
  name: databaseName(placement[arm], `clone${place + 1}_${arm}`),
});

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
  withCopies([databases], site, ([copies = databases]) =>
    withSessionsOnCopies(copies, site, sessionsPerArm, use),
  );

/** Copies that have just been made are both in the page cache, unless the second has pushed the first out. */
export async function warmCopies(
  databases: PerArm<string>,
  { state, placement, signal }: RunSite,
): Promise<void> {
  if (state.memory?.regime === 'in memory') return;
  const loginOf = (arm: Arm): Login => placement[arm].admin(databases[arm]);
  await warmBoth({ before: loginOf('before'), after: loginOf('after') }, signal);
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
