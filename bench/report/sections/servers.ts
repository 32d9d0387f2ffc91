import { ratio, ratioText } from '../../format/quantity.ts';
import type { Estimate } from '../../model/estimate.ts';
import type { Result } from '../../model/result.ts';
import type { TwoServers } from '../../model/two-servers.ts';
import { left, right, rowTitle, type Layout, type Section, type Table } from './section.ts';

/** What the servers make of each statement, where the arms are on two. */
export function serversSection({ servers, reads, writes, canaries }: Result, layout: Layout): Section {
  const measured = [...reads, ...writes, ...canaries].filter((row) => row.state === 'measured');
  const rows = measured.flatMap(({ title, baseline, serverRatio: found }) =>
    found ? [[rowTitle(title, layout), baseline, ...cellsOf(found)]] : [],
  );
  const columns = [left('statement'), left('baseline'), right('--after / --before'), left('interval')];
  const tables = servers?.yardsticks
    ? yardstickTable(servers.yardsticks, layout)
    : [{ caption: undefined, columns, rows }];
  return { title: 'Servers', tables: servers ? tables : [], remarks: servers ? remarksOn(servers) : [] };
}

/** What each yardstick takes on either server. */
const yardstickTable = (yardsticks: NonNullable<TwoServers['yardsticks']>, layout: Layout): Table[] => [
  {
    caption: undefined,
    columns: [left('yardstick'), right('--after / --before'), left('interval')],
    rows: yardsticks.map(({ title, ratio: found }) => [rowTitle(title, layout), ...cellsOf(found)]),
  },
];

const cellsOf = (estimate: Estimate): string[] => {
  const { point, interval } = ratio(estimate);
  return [point, interval];
};

const remarksOn = (servers: TwoServers): string[] => {
  const { before, after, differing } = servers;
  return [
    `--before: PostgreSQL ${before.postgresVersion} on ${before.place}; --after: PostgreSQL ${after.postgresVersion} on ${after.place}`,
    ...(servers.arms === 'stay' ? stayingRemarks(servers) : crossedRemarks(servers)),
    ...(differing.length > 0 ? [`settings that differ: ${differing.map(settingText).join(', ')}`] : []),
  ];
};

const crossedRemarks = ({ ratio: found }: TwoServers): string[] => [
  found
    ? `the servers differ by ${ratioText(found)}: what the canaries take on that of --after / on that of --before, without any candidate`
    : 'how far the servers differ is not known: the canaries had too few rounds on both',
  "every other round had the arms in each other's places: what stands here is taken out of all other times",
];

const stayingRemarks = ({ ratio: found, yardsticks = [] }: TwoServers): string[] => [
  found
    ? `the servers differ by ${ratioText(found)} in one more statement than these ${yardsticks.length}: it is taken out of all other times, and its interval is in theirs`
    : `how far the servers differ is not known: only ${yardsticks.length} yardsticks had enough rounds on both`,
  'a yardstick does without indexes, by the same plan on both',
];

const settingText = ({ setting, before, after }: TwoServers['differing'][number]): string =>
  `${setting} = ${before} on that of --before, ${after} on that of --after`;
