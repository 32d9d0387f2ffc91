import { loadedArm, throughputRatio } from '../../analyse/long-run.ts';
import { attempted } from '../../database/item-failure.ts';
import { firstArms } from '../../measure/arm-order.ts';
import type { ArmSessions } from '../../measure/sessions.ts';
import type { Arm, PerArm } from '../../model/arm.ts';
import type { LongRun, Stretch } from '../../model/long-run.ts';
import type { Warning } from '../../model/outcome.ts';
import type { BaselineArms } from '../arms.ts';
import { withSessionsOnClones } from '../items/copies.ts';
import type { ItemSite } from '../sites.ts';
import { ArmUnderLoad } from './loaded-arm.ts';
import { canBeMixed, leftOutOf, mixedLoads, type MixedItems } from './mixed-loads.ts';
import { lackOfRoom } from './room.ts';
import { atUsualPace, paceOf } from './usual-pace.ts';

/** Sessions that load an arm, where the server has so many. */
const LOADING_SESSIONS = 8;

/** Of load on each arm, in two stretches; half the budget at most. */
const SECONDS = 30;
const STRETCHES = 2;

/** Loads fresh copies of both arms with the mix, one after the other, as an application does that never pauses. */
export async function measureLongRun(
  { baseline, databases }: BaselineArms,
  items: Omit<MixedItems, 'baseline'>,
  budgetSeconds: number,
  site: ItemSite,
): Promise<void> {
  const { state, store, phases } = site;
  const mixed = { ...items, baseline };
  if (state.measured.longRuns.length > 0 || !canBeMixed(mixed, site)) return;
  const lack = await lackOfRoom(databases, site);
  if (lack) {
    state.addWarnings([lack]);
    return;
  }
  const seconds = Math.max(1, Math.round(Math.min(SECONDS, budgetSeconds / 2) / STRETCHES));
  const measure = (): ReturnType<typeof loadOnClones> => loadOnClones(databases, mixed, seconds, site);
  const outcome = await phases.during('long run', () => atUsualPace(site, measure), describe);
  if (outcome.state === 'failed') state.addWarnings([endedEarly(outcome.error.message)]);
  else await store.add('longRuns', outcome.run);
}

const loadOnClones = (databases: PerArm<string>, items: MixedItems, seconds: number, site: ItemSite) =>
  attempted('', async () => ({
    run: await withSessionsOnClones(databases, site, LOADING_SESSIONS, (sessions) =>
      loadInTurns(items, sessions, seconds, site),
    ),
  }));

/** Two stretches each, in the order ABBA: a machine that becomes slower or faster meanwhile does so for both. */
async function loadInTurns(
  items: MixedItems,
  sessions: PerArm<ArmSessions>,
  seconds: number,
  site: ItemSite,
): Promise<LongRun> {
  const loads = await mixedLoads(items, sessions, site);
  const under = (arm: Arm): ArmUnderLoad => new ArmUnderLoad(arm, sessions[arm], loads[arm], site);
  const arms = { before: under('before'), after: under('after') };
  const atStart = { before: await arms.before.size(), after: await arms.after.size() };
  const stretches: Stretch[] = [];
  for (const arm of turnsOf(site)) stretches.push(await arms[arm].stretch(seconds));
  const summary = async (arm: Arm) =>
    loadedArm(
      stretches.filter((stretch) => stretch.arm === arm),
      arms[arm].durationsMs,
      { atStart: atStart[arm], atEnd: await arms[arm].size() },
    );
  const throughput = throughputRatio(stretches);
  return {
    baseline: items.baseline,
    sessions: sessions.before.length,
    stretches,
    before: await summary('before'),
    after: await summary('after'),
    ...(throughput && { throughput }),
    settings: await paceOf(site),
    usedUp: [...new Set([...arms.before.usedUp, ...arms.after.usedUp])],
    leftOut: leftOutOf(items, site),
  };
}

function turnsOf({ randomFor }: ItemSite): Arm[] {
  const [first = 'before'] = firstArms(randomFor('long run'));
  const other = first === 'before' ? 'after' : 'before';
  return [first, other, other, first];
}

const describe = (outcome: Awaited<ReturnType<typeof loadOnClones>>): string => {
  if (outcome.state === 'failed') return 'ended early';
  const { sessions, before, after } = outcome.run;
  const [without, withIt] = [before, after].map((arm) => Math.round(arm.executionsPerSecond));
  return `${sessions} sessions: ${without} statements a second before, ${withIt} after`;
};

const endedEarly = (message: string): Warning => ({
  code: 'long-run',
  cause: `there is no long run: a statement failed in it: ${message}`,
  remedy: 'see whether it can be executed by many sessions at once, beside the others of the suite',
});
