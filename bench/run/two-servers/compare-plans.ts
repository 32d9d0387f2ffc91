import { attempted } from '../../database/item-failure.ts';
import { planOf } from '../../measure/explain.ts';
import { ARMS } from '../../model/arm.ts';
import type { ReadMeasurement } from '../../model/measurement.ts';
import type { Warning } from '../../model/outcome.ts';
import type { ArmSessions } from '../../measure/sessions.ts';
import type { PerArm } from '../../model/arm.ts';
import type { BaselineArms } from '../arms.ts';
import { aloneOn, withArms, type ItemSite } from '../sites.ts';

/** A read that the servers plan in different ways has two effects of the candidate, and its estimate is between them. */
export async function notePlansApart({ baseline, databases }: BaselineArms, site: ItemSite): Promise<void> {
  const { server, placement, state } = site;
  if (placement.after === server) return;
  const reads = state.measured.reads.filter((read) => read.baseline === baseline);
  await withArms(aloneOn(site, placement.after), databases, 1, async (sessions) => {
    const apart: string[] = [];
    for (const read of reads) if (await isPlannedApart(read, sessions)) apart.push(read.item.title);
    if (apart.length > 0) state.addWarnings([plannedApart(baseline, apart)]);
  });
}

async function isPlannedApart(read: ReadMeasurement, sessions: PerArm<ArmSessions>): Promise<boolean> {
  if (read.state === 'failed') return false;
  const { item, parameters, plans } = read;
  const planned = await attempted(item.sql, async () => {
    const signatures: string[] = [];
    for (const arm of ARMS)
      signatures.push((await planOf(sessions[arm][0], { sql: item.sql, parameters })).signature);
    return { signatures };
  });
  const expected = ARMS.map((arm) => plans[arm].signature);
  return planned.state === 'failed' || planned.signatures.some((one, place) => one !== expected[place]);
}

const plannedApart = (baseline: string, titles: readonly string[]): Warning => ({
  code: 'planned-apart',
  cause: `on ${baseline} the two servers have different plans for ${titles.join('; ')}: the ratio is a mean of two`,
  remedy: 'give both servers the same planner settings, or measure each with --target url',
});
