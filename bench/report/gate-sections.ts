import { EXACT, type Finding, type Gate } from '../model/gate.ts';
import type { Trend } from '../model/trend.ts';
import { counted } from '../format/quantity.ts';
import { left, type Layout, type Section, type Table } from './sections/section.ts';

/** A night's judgement, and how it was reached. */
export interface NightContext {
  gate: Gate;
  /** The command that accepts these findings as the new baseline. */
  acceptCommand: string;
  /** The trends of its items up to this night. */
  trends: readonly Trend[];
}

const day = (instant: string): string => instant.slice(0, 10);

const worseOf = ({ findings }: Gate): Finding[] => findings.filter(({ state }) => state === 'failed');

/** A sentence, and the command that it introduces. */
export interface Advice {
  sentence: string;
  command?: string;
}

/** A sentence each: whether anything is worse, since when, how much was judged, and what to do. */
export function gateAdvice({ gate, acceptCommand }: NightContext): Advice[] {
  const worse = worseOf(gate);
  // Measuring one item alone is faster.
  const shown = worse.find(({ baseline }) => baseline !== undefined) ?? worse[0];
  const isComparable = gate.state !== 'not comparable';
  return [
    { sentence: verdictOf(gate, worse) },
    ...(isComparable ? [{ sentence: timingSentence(gate) }] : []),
    ...(shown ? [{ sentence: 'To reproduce it:', command: shown.command }] : []),
    ...(shown || !isComparable ? [{ sentence: 'If the change is intended:', command: acceptCommand }] : []),
  ];
}

function verdictOf({ state, nights, differences }: Gate, worse: readonly Finding[]): string {
  switch (state) {
    case 'first night':
      return 'The first night: there is nothing to compare it with yet.';
    case 'not comparable':
      return `Not comparable with the nights before: ${differences.join('; ')}.`;
    case 'passed':
      return `Nothing is worse than in the ${counted(nights, 'comparable night')} before.`;
    case 'failed': {
      const since = worse.map((finding) => finding.since).sort()[0] ?? '';
      return `Worse since ${day(since)}: ${namesOf(worse)} (${howSure(worse)}, against ${counted(nights, 'comparable night')}).`;
    }
  }
}

/** "2 exact figures and 1 time measured twice". */
function howSure(worse: readonly Finding[]): string {
  const exact = worse.filter(({ certainty }) => certainty === EXACT).length;
  const times = worse.length - exact;
  return [
    ...(exact > 0 ? [counted(exact, 'exact figure')] : []),
    ...(times > 0 ? [`${counted(times, 'time')} measured twice`] : []),
  ].join(' and ');
}

/** How many names fit into a headline. */
const NAMES = 3;

/** "Example 1, top leads on shipped; INSERT leads on shipped; and 2 more items". */
function namesOf(worse: readonly Finding[]): string {
  const names = [...new Set(worse.map(titleOf))];
  const more = names.length - NAMES;
  return [...names.slice(0, NAMES), ...(more > 0 ? [`and ${counted(more, 'more item')}`] : [])].join('; ');
}

const titleOf = ({ title, baseline }: Finding): string =>
  baseline === undefined ? title : `${title} on ${baseline}`;

function timingSentence({ timing }: Gate): string {
  switch (timing.state) {
    case 'judged':
      return `Times are compared with the last ${timing.nights} nights; counts, plans and checksums with the accepted ones.`;
    case 'advisory':
      return `Times are advisory: ${counted(timing.nightsMissing, 'more comparable night')} needed. Counts, plans and checksums are judged.`;
    case 'off':
      return `Times are not judged: ${timing.cause}. Counts, plans and checksums are.`;
  }
}

const TITLES = { failed: 'Worse', suspected: 'Suspected', drifting: 'Drifting', improved: 'Better' } as const;

/** A section for each kind of finding, the worst first. Items without a finding are unchanged. */
export const gateSections = (gate: Gate, layout: Layout): Section[] =>
  (['failed', 'suspected', 'drifting', 'improved'] as const)
    .map((state) => ({ state, found: gate.findings.filter((finding) => finding.state === state) }))
    .filter(({ found }) => found.length > 0)
    .map(({ state, found }) => ({
      title: TITLES[state],
      tables: [findingsTable(found, layout)],
      remarks: [],
    }));

const findingsTable = (findings: readonly Finding[], layout: Layout): Table => ({
  caption: undefined,
  ...(layout === 'narrow'
    ? { columns: ['what', ...FIGURES, 'since, how sure'].map(left), rows: findings.map(narrowRow) }
    : { columns: ['item', 'what', ...FIGURES, 'since', 'how sure'].map(left), rows: findings.map(row) }),
});

const FIGURES = ['usual', 'tonight', 'change'];

const row = (finding: Finding): string[] => {
  const { what, usual, tonight, change, since, certainty } = finding;
  return [titleOf(finding), what, usual, tonight, change, day(since), certainty];
};

const narrowRow = (finding: Finding): string[] => {
  const { what, usual, tonight, change, since, certainty } = finding;
  return [`${titleOf(finding)}: ${what}`, usual, tonight, change, `${day(since)}, ${certainty}`];
};

export const gateHeading = ({ run, state }: Gate): string => `Gate: ${state} (run ${run})`;
