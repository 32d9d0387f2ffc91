import { SESSIONS_BESIDE_ARMS } from '../../database/server.ts';
import { counted } from '../../format/quantity.ts';
import { serversOf, type ObservedSite } from '../sites.ts';
import type { CourseGroup } from './course-group.ts';
import { RoundBudget } from './round-budget.ts';
import { measureRounds } from './rounds.ts';
import { stagesOf } from './stages.ts';

/** Measures groups in rounds: as many of them together as the copies and sessions of the site allow. */
export async function measureGroups(
  groups: readonly CourseGroup[],
  seconds: number,
  site: ObservedSite,
): Promise<void> {
  const mostSessions = Math.min(...serversOf(site).map(({ maxSessions }) => maxSessions));
  const sessions = mostSessions - SESSIONS_BESIDE_ARMS;
  let [secondsLeft, itemsLeft] = [seconds, itemsOf(groups)];
  for (const stage of stagesOf(groups, { copies: site.copiesAtOnce, sessions })) {
    const items = itemsOf(stage);
    const budget = new RoundBudget((secondsLeft * items) / itemsLeft, () => performance.now());
    await measureStage(stage, budget, site);
    secondsLeft -= budget.secondsSinceStart;
    itemsLeft -= items;
  }
}

const itemsOf = (groups: readonly CourseGroup[]): number => groups.reduce((sum, { items }) => sum + items, 0);

/** Counts what has to be counted on its copies, then times in rounds. */
async function measureStage(
  stage: readonly CourseGroup[],
  budget: RoundBudget,
  site: ObservedSite,
): Promise<void> {
  const { phases, state } = site;
  let end = phases.begin('count');
  await measureRounds(stage, budget, site, () => {
    end(counted(state.measured.writes.length, 'write'));
    end = phases.begin('measure');
  });
  end(
    `${counted(itemsOf(stage), 'item')}, canaries included, in ${counted(state.measured.rounds.length, 'round')}`,
  );
}
