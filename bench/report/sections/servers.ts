import { ratio, ratioText } from '../../format/quantity.ts';
import type { Estimate } from '../../model/estimate.ts';
import type { Result } from '../../model/result.ts';
import type { TwoServers } from '../../model/two-servers.ts';
import { left, right, rowTitle, type Layout, type Section } from './section.ts';

/** What the servers make of each statement, where the arms are on two. */
export function serversSection({ servers, reads, writes, canaries }: Result, layout: Layout): Section {
  const measured = [...reads, ...writes, ...canaries].filter((row) => row.state === 'measured');
  const rows = measured.flatMap(({ title, baseline, serverRatio: found }) =>
    found ? [[rowTitle(title, layout), baseline, ...cellsOf(found)]] : [],
  );
  const columns = [left('statement'), left('baseline'), right('--after / --before'), left('interval')];
  return {
    title: 'Servers',
    tables: servers ? [{ caption: undefined, columns, rows }] : [],
    remarks: servers ? remarksOn(servers) : [],
  };
}

const cellsOf = (estimate: Estimate): string[] => {
  const { point, interval } = ratio(estimate);
  return [point, interval];
};

const remarksOn = ({ before, after, differing, ratio: found }: TwoServers): string[] => [
  `--before: PostgreSQL ${before.postgresVersion} on ${before.place}; --after: PostgreSQL ${after.postgresVersion} on ${after.place}`,
  found
    ? `the servers differ by ${ratioText(found)}: what the canaries take on that of --after / on that of --before, without any candidate`
    : 'how far the servers differ is not known: the canaries had too few rounds on both',
  "every other round had the arms in each other's places: what stands here is taken out of all other times",
  ...(differing.length > 0 ? [`settings that differ: ${differing.map(settingText).join(', ')}`] : []),
];

const settingText = ({ setting, before, after }: TwoServers['differing'][number]): string =>
  `${setting} = ${before} on that of --before, ${after} on that of --after`;
