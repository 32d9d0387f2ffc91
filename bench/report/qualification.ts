import type {
  Qualification,
  QualifiedCase,
  Rate,
  SimulatedCoverage,
  SimulatedStates,
} from '../model/qualification.ts';
import { plainText } from '../format/plain-text.ts';
import { left, right, type Table } from './sections/section.ts';
import { stylesFor } from './formats/terminal/terminal-style.ts';
import { renderTable } from './formats/terminal/terminal-table.ts';
import type { Screen } from './formats/terminal/terminal.ts';
import { wrap } from './formats/terminal/wrap.ts';

/** The findings of `qualify` as text for a terminal. */
export function renderQualification(qualification: Qualification, { columns, color }: Screen): string {
  const { coverage, states, cases, exclusions } = qualification;
  const styles = stylesFor(color);
  const { bold, dim } = styles;
  const width = Math.max(60, columns) - 1;
  const remark = (text: string): string => dim(wrap(text, width, '  '));
  return [
    '',
    bold('The stopping rule, simulated'),
    renderTable(coverageTable(coverage), width, styles),
    remark(
      'coverage: share of 95 % intervals that contain the long-run value of the estimate; each is measured until precise, at most 100 pairs',
    ),
    '',
    bold('The same on a machine whose memory is disturbed for seconds'),
    renderTable(statesTable(states), width, styles),
    remark(
      'covers: share of intervals that contain the long-run value of the estimate; confirmed: that contain the' +
        ' point of another run, of correct 95 % intervals 83 %; half-width: half the interval over the ratio, the median',
    ),
    '',
    bold('Candidates whose truth is known'),
    ...cases.flatMap((known) => caseLines(known, width)),
    '',
    bold('Identical arms'),
    wrap(exclusionSentence(exclusions), width, '  '),
    '',
    bold(isQualified(qualification) ? 'Qualified' : 'Not qualified'),
    '',
  ].join('\n');
}

/** Whether the harness judged every case correctly, with no more errors than stated. */
export const isQualified = ({ cases, exclusions: { hits, most } }: Qualification): boolean =>
  hits <= most && cases.every(({ problems }) => problems.length === 0);

function coverageTable(coverage: readonly SimulatedCoverage[]): Table {
  return {
    caption: undefined,
    columns: [
      left('scatter of the pairs'),
      right('its size'),
      right('pairs'),
      right('covers'),
      left('95 % interval'),
    ],
    rows: coverage.map(({ distribution, spread, meanPairs, covered }) => [
      distribution,
      percent(spread),
      meanPairs.toFixed(0),
      percent(covered.hits / covered.trials),
      interval(covered),
    ]),
  };
}

function statesTable(states: readonly SimulatedStates[]): Table {
  const rateText = (rate: Rate): string => `${percent(rate.hits / rate.trials)} ${interval(rate)}`;
  return {
    caption: undefined,
    columns: [left('arms'), right('rounds'), right('half-width'), right('covers'), right('confirmed')],
    rows: states.map(({ arms, meanRounds, halfWidth, covered, confirmed }) => [
      arms,
      meanRounds.toFixed(0),
      percent(halfWidth),
      rateText(covered),
      rateText(confirmed),
    ]),
  };
}

function caseLines({ name, truth, found, problems }: QualifiedCase, width: number): string[] {
  const mark = problems.length === 0 ? 'ok' : '!!';
  return [
    wrap(`${mark}  ${name}: ${truth}`, width, '  '),
    wrap(plainText(`found: ${found}`), width, '      '),
    ...problems.map((problem) => wrap(plainText(`wrong: ${problem}`), width, '      ')),
  ];
}

const exclusionSentence = ({ hits, trials, most, ...rate }: Qualification['exclusions']): string =>
  `${hits} of ${trials} intervals exclude 1: ${percent(hits / trials)} ${interval({ hits, trials, ...rate })}, where` +
  ` 5 % are stated; more than ${most} would come of an honest harness in fewer than 2 % of such runs`;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const interval = ({ low, high }: Rate): string => `[${(low * 100).toFixed(1)}, ${(high * 100).toFixed(1)}]`;
