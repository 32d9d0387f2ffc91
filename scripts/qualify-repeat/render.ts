import { median } from '../../bench/model/averages.ts';
import { bytes, counted, onlyAllowed, percentText, seconds } from '../../bench/format/quantity.ts';
import type { Result } from '../../bench/model/result.ts';
import { renderSection as renderMarkdown } from '../../bench/report/formats/markdown/markdown.ts';
import { stylesFor } from '../../bench/report/formats/terminal/terminal-style.ts';
import { renderSection as renderTerminal } from '../../bench/report/formats/terminal/terminal.ts';
import { left, right, type Section } from '../../bench/report/sections/section.ts';
import { VERSION } from '../../bench/system/program.ts';
import { shareIn, type Share } from './agreement.ts';
import type { Attainable } from './attainable.ts';
import { demanded } from './demands.ts';
import type { GroupAgreement } from './groups.ts';
import type { Repeatability } from './repeatability.ts';

const WIDTH = 118;

/** The table for a terminal, and the same as Markdown for docs/repeat.md. */
export function renderRepeatability(found: Repeatability): string {
  const section = sectionOf(found);
  return [
    ...renderTerminal(section, WIDTH, stylesFor(false)),
    '',
    'The same for docs/repeat.md:',
    '',
    renderMarkdown(section),
    '',
  ].join('\n');
}

const sectionOf = (found: Repeatability): Section => ({
  title: 'Whether the next run confirms it',
  tables: [
    {
      caption: undefined,
      columns: [
        left('rows'),
        ...['point inside', 'intervals overlap', 'equal verdicts', 'half-width'].map(right),
      ],
      rows: found.groups.map(cellsOf),
    },
  ],
  remarks: [
    ...found.runs.slice(0, 1).map((first) => conditions(first, found)),
    meaning(found),
    `equal verdicts of all rows: ${shareText(found.equalVerdicts)}`,
    ...attainableText(found.attainable, demanded(found.isDisturbed).equalVerdicts),
    `a run took ${spanText(found.seconds)}; ${percentText(found.precise)} of its rows were at their target precision`,
    ...missingText(found.missing),
    demandText(found),
    ...found.problems.map((problem) => `not met: ${problem}`),
  ],
});

const cellsOf = (group: GroupAgreement): string[] => [
  [group.kind, group.clock, group.baseline].filter((part) => part !== undefined).join(', '),
  shareText(group.inside),
  shareText(group.overlapping),
  shareText(group.equalVerdicts),
  percentText(group.halfWidth),
];

/** "83.1 % [81.0, 84.4]": the brackets hold the range when one run is left out. */
function shareText(share: Share): string {
  if (share.of === 0) return '-';
  const [least, most] = share.range
    ? [share.range.least, share.range.most].map((part) => (part * 100).toFixed(1))
    : [];
  const range = least === undefined ? '' : ` [${least}, ${most}]`;
  return `${percentText(shareIn(share))}${range}`;
}

function conditions({ run, environment }: Result, { runs, isDisturbed }: Repeatability): string {
  const { machine, postgresVersion, target } = environment;
  return [
    `${counted(runs.length, 'run')} in a row from ${run.startedAt.slice(0, 10)}${isDisturbed ? ', beside a process that scans 64 MB for 5 s in every 20' : ''}`,
    `suite ${run.suite.name}, scale ${run.scale}, workload ${run.workload}, budget ${run.budgetSeconds} s, seed ${run.seed}`,
    `${machine.cpu}, ${counted(machine.cores, 'core')}${onlyAllowed(machine)}, ${bytes(machine.memoryBytes)}, ${machine.os}`,
    `PostgreSQL ${postgresVersion.split(' ')[0]} ${target}, index-impact ${VERSION}`,
  ].join('; ');
}

const meaning = ({ runs }: Repeatability): string =>
  `point inside: the second run's point lies in the first run's interval, over ${runs.length * (runs.length - 1)} ordered pairs of runs;` +
  ' of correct 95 % intervals 83 %. In brackets: the smallest and the largest share when one run is left out.' +
  ' Pairs of runs share runs: they are not independent, and no binomial interval is given.' +
  ' Half-width: half the interval over the ratio, the median over all rows';

const spanText = (durations: readonly number[]): string =>
  `${seconds(median(durations))} (${seconds(Math.min(...durations))} to ${seconds(Math.max(...durations))})`;

function attainableText(attainable: readonly Attainable[], least: number): string[] {
  const [now] = attainable;
  if (!now) return [];
  const enough = attainable.find(({ equalVerdicts }) => equalVerdicts >= least);
  const longer = enough
    ? `${percentText(least)} takes runs ${enough.timesAsLong} times as long`
    : `${percentText(least)} takes runs more than ${attainable.at(-1)?.timesAsLong} times as long`;
  return [
    `rows that scatter like this between runs, and know by how much, have equal verdicts in ${percentText(now.equalVerdicts)}` +
      (enough === now ? '' : `; ${longer}`),
  ];
}

const missingText = (missing: readonly string[]): string[] =>
  missing.length === 0 ? [] : [`not measured in every run: ${missing.join(', ')}`];

function demandText({ isDisturbed }: Repeatability): string {
  const { inside, overlapping, equalVerdicts } = demanded(isDisturbed);
  return `demanded: ${percentText(inside)} inside and ${percentText(overlapping)} overlapping in each of reads and writes on each clock, and ${percentText(equalVerdicts)} equal verdicts`;
}
