import { counted } from '../../format/quantity.ts';
import { CHANGED } from '../../measure/answers.ts';
import { ARMS } from '../../model/arm.ts';
import type { ReadItem, Scheduled } from '../../model/work-item.ts';
import { chosenItems } from '../chosen-items.ts';
import { canaryReads } from '../fit-request.ts';
import { examineReads, readingGroup, timedReads } from '../items/reads.ts';
import type { CourseGroup } from '../rounds/course-group.ts';
import { measureGroups } from '../rounds/measure-groups.ts';
import type { RunRequest } from '../run-request.ts';
import { withArms, type ObservedSite } from '../sites.ts';
import type { CountedTable } from './read-database.ts';
import { groupWithin, timedBetween } from './yardstick-groups.ts';
import { yardsticksBetween, yardsticksWithin, type Yardstick } from './yardsticks.ts';

type ReadArms = Parameters<typeof examineReads>[0];

/** Measures reads and yardsticks together, in the same rounds: what the servers do meanwhile meets both. */
export async function measureReads(
  request: RunRequest,
  arms: ReadArms,
  tables: readonly CountedTable[],
  site: ObservedSite,
): Promise<void> {
  const { reads } = chosenItems(request);
  const examine = async (): Promise<Yardstick[]> => {
    await examineReads(arms, reads, site);
    for (const item of reads) blameRows({ item, baseline: arms.baseline }, site);
    return chooseYardsticks(arms, tables, site);
  };
  const done = (): string => `plans and answers of ${counted(reads.length, 'read')}`;
  const yardsticks = await site.phases.during('examine', examine, done);
  await measureGroups(groupsOf(arms, request, yardsticks, site), request.budgetSeconds, site);
}

/** Nobody knows that the rows are the same. */
const blameRows = (read: Scheduled<ReadItem>, { state }: ObservedSite): void => {
  state.update('reads', read, (entry) =>
    entry.state === 'failed' && entry.error.message === CHANGED
      ? { ...entry, error: { ...entry.error, message: OTHER_ANSWER } }
      : entry,
  );
};

const OTHER_ANSWER =
  'the databases answer this read differently: their rows differ, or it asks for what is never the same, such as now(); if it uses an index that is documented as approximate, name the read with --approximate';

/** With the parameters that the reads have. */
function chooseYardsticks(
  { databases }: ReadArms,
  tables: readonly CountedTable[],
  site: ObservedSite,
): Promise<Yardstick[]> {
  const reads = site.state.measured.reads
    .filter(({ state }) => state === 'measured')
    .map(({ item, parameters }) => ({ item, statement: { sql: item.sql, parameters } }));
  return withArms(site, databases, 1, async (sessions) => {
    const items = reads.map(({ item }) => item);
    const twice = await canaryReads(items, sessions.before[0]);
    return [
      ...(await yardsticksBetween(sessions, reads, tables)),
      ...yardsticksWithin(reads.filter(({ item }) => twice.includes(item.id))),
    ];
  });
}

function groupsOf(
  { baseline, databases }: ReadArms,
  request: RunRequest,
  yardsticks: readonly Yardstick[],
  site: ObservedSite,
): CourseGroup[] {
  const { reads } = chosenItems(request);
  const between = yardsticks.filter((one) => one.between === 'servers');
  const timed = [
    ...reads.flatMap((item) => timedReads({ item, baseline }, site)),
    ...timedBetween(between, site),
  ];
  return [
    readingGroup(timed, reads.length + between.length, databases),
    ...ARMS.map((arm) => groupWithin(arm, yardsticks, databases, site)),
  ].filter(({ items }) => items > 0);
}
