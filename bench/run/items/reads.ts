import { READ_PRECISION } from '../../analyse/precision.ts';
import { measureGenericPlan } from '../../measure/generic-plan.ts';
import { drawKey, examineRead, measureRead, measureRoundTrip } from '../../measure/reads.ts';
import { SESSIONS_PER_ARM, type ArmSessions } from '../../measure/sessions.ts';
import type { PerArm } from '../../model/arm.ts';
import type { GenericPlanTiming, ReadMeasurement } from '../../model/measurement.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Parameter, ReadItem, Scheduled } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { unmeasured } from '../measured.ts';
import { orderFor, withArms, type ObservedSite } from '../sites.ts';
import { withUnit } from './unit.ts';

/** Measures the reads on the arms themselves: nothing has written to them. */
export async function measureReads(
  { baseline, databases, built }: BaselineArms,
  items: readonly ReadItem[],
  site: ObservedSite,
): Promise<void> {
  const candidateIndexes = new Set(built.map(({ name }) => name));
  await withArms(site, databases, SESSIONS_PER_ARM.read, async (sessions) => {
    site.state.roundTrip = await measureRoundTrip(sessions.before[0]);
    const arms = { sessions, candidateIndexes };
    for (const item of unmeasured(items, baseline, site.state.measured.reads)) {
      site.state.attempt({ item, baseline });
      await site.store.add('reads', await measureReadItem({ item, baseline }, arms, site));
    }
  });
}

/** The units of a read: one with parameters is also timed with a generic plan. */
export const unitsOfRead = ({ key }: ReadItem): number => (key ? 2 : 1);

interface ReadArms {
  sessions: PerArm<ArmSessions>;
  candidateIndexes: ReadonlySet<string>;
}

async function measureReadItem(
  read: Scheduled<ReadItem>,
  { sessions, candidateIndexes }: ReadArms,
  site: ObservedSite,
): Promise<ReadMeasurement> {
  const { item } = read;
  let parameters: Parameter[] = [];
  const unit = { ...read, title: item.title, precision: READ_PRECISION };
  const outcome = await withUnit(unit, site, async (enough) => {
    parameters = await drawKey(sessions.before[0], item.key);
    const statement = { sql: item.sql, parameters };
    const planningOrder = orderFor(site, 'planning', read);
    const examination = await examineRead(statement, sessions, candidateIndexes, planningOrder);
    const timing = { order: orderFor(site, 'schedule', read), enough, observer: site.observer };
    return { ...examination, ...(await measureRead(statement, sessions, timing)) };
  });
  if (outcome.state === 'failed') return { ...read, parameters, ...outcome };
  const arms = { sessions, candidateIndexes };
  return {
    ...read,
    parameters,
    ...outcome,
    ...(item.key && { generic: await measureGeneric(read, parameters, arms, site) }),
  };
}

async function measureGeneric(
  read: Scheduled<ReadItem>,
  parameters: readonly Parameter[],
  { sessions, candidateIndexes }: ReadArms,
  site: ObservedSite,
): Promise<Outcome<GenericPlanTiming>> {
  const { sql, title } = read.item;
  const unit = { ...read, title: `${title}  generic plan`, precision: READ_PRECISION };
  return withUnit(unit, site, (enough) => {
    const timing = { order: orderFor(site, 'generic plan', read), enough, observer: site.observer };
    return measureGenericPlan({ sql, parameters }, sessions, candidateIndexes, timing);
  });
}
