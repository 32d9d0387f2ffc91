import type { Finding, Gate } from '../model/gate.ts';
import type { Acceptance, HistoryEntry, Night, SeriesKey } from '../model/night.ts';
import { TIME } from './departure.ts';
import { findingsOf } from './findings.ts';
import { Series } from './series.ts';
import { advisory, timingAfter } from './timing-judgement.ts';

/** Judges a night by the history before it. The same history and night give the same answer. */
export function judgeNight(history: readonly HistoryEntry[], night: Night): Gate {
  const entries = before(history, night);
  const accepted = acceptancesOf(history, night);
  const { run, startedAt, key } = night;
  const common = { run, startedAt, key, findings: [], differences: [] };
  const comparable = comparableEntries(entries, key);
  if (comparable === undefined && !accepted.some(({ scope }) => scope === 'series')) {
    const differences = differencesBetween(newestKey(entries) ?? key, key);
    return { ...common, state: 'not comparable', nights: 0, timing: advisory(0), differences };
  }
  const series = seriesOf(comparable ?? []);
  if (series.nights === 0) return { ...common, state: 'first night', nights: 0, timing: advisory(0) };
  const findings = findingsOf(night, series.judge(night)).filter((found) => !isAccepted(found, accepted));
  const state = findings.some((finding) => finding.state === 'failed') ? 'failed' : 'passed';
  return { ...common, state, nights: series.nights, timing: timingAfter(series, night), findings };
}

/** The earlier nights that this one is comparable with, oldest first; empty where there are none. */
export const comparableNights = (history: readonly HistoryEntry[], night: Night): Night[] =>
  nightsIn(comparableEntries(before(history, night), night.key) ?? []);

/** Their combined outcome. */
export const seriesBefore = (history: readonly HistoryEntry[], night: Night): Series =>
  seriesOf(comparableEntries(before(history, night), night.key) ?? []);

const acceptancesOf = (history: readonly HistoryEntry[], { run }: Night): Acceptance[] =>
  history.filter((entry) => entry.kind === 'acceptance').filter((entry) => entry.run === run);

const isAccepted = ({ item, measure }: Finding, accepted: readonly Acceptance[]): boolean =>
  accepted.some(({ findings }) => findings.some((one) => one.item === item && one.what === measure));

/** A suspected change, or a better time, is left to the next nights. */
const isAcceptable = ({ state, measure }: Finding): boolean =>
  state !== 'suspected' && !(state === 'improved' && measure === TIME);

/** What accepting a judged night takes from it. */
export const acceptanceOf = (gate: Gate, reason: string, at: Date): Acceptance => ({
  kind: 'acceptance',
  at: at.toISOString(),
  run: gate.run,
  reason,
  scope: gate.state === 'not comparable' ? 'series' : 'findings',
  findings: gate.findings.filter(isAcceptable).map(({ item, measure }) => ({ item, what: measure })),
});

/** A night that is already in the history is judged again by the nights before it. */
function before(history: readonly HistoryEntry[], { run }: Night): readonly HistoryEntry[] {
  const position = history.findIndex((entry) => entry.kind === 'night' && entry.run === run);
  return position < 0 ? history : history.slice(0, position);
}

const isSame = (a: SeriesKey, b: SeriesKey): boolean => differencesBetween(a, b).length === 0;

/** Whatever the hardware: counts are the same on any, and times are compared by machine. */
export function differencesBetween(then: SeriesKey, now: SeriesKey): string[] {
  const fields = Object.keys({ ...then, ...now }) as (keyof SeriesKey)[];
  return fields
    .filter((field) => field !== 'hardware' && then[field] !== now[field])
    .map((field) => `${field} was ${then[field] ?? 'none'}, and is ${now[field] ?? 'none'} now`);
}

const nightsIn = (entries: readonly HistoryEntry[]): Night[] =>
  entries.filter((entry) => entry.kind === 'night');

const newestKey = (entries: readonly HistoryEntry[]): SeriesKey | undefined => nightsIn(entries).at(-1)?.key;

/** Where the nights of this key begin: at the first night of all, or at an accepted one. */
function comparableEntries(entries: readonly HistoryEntry[], key: SeriesKey): HistoryEntry[] | undefined {
  const nights = nightsIn(entries);
  const accepted = entries
    .filter((entry) => entry.kind === 'acceptance' && entry.scope === 'series')
    .map(({ run }) => run)
    .findLast((run) => nights.some((night) => night.run === run && isSame(night.key, key)));
  const isFirst = nights[0] === undefined || isSame(nights[0].key, key);
  if (accepted === undefined && !isFirst) return undefined;
  const from = accepted === undefined ? 0 : entries.findIndex(({ run }) => run === accepted);
  return entries.slice(from).filter((entry) => entry.kind === 'acceptance' || isSame(entry.key, key));
}

function seriesOf(entries: readonly HistoryEntry[]): Series {
  const series = new Series();
  for (const entry of entries) {
    if (entry.kind === 'night') series.add(entry);
    else if (entry.scope === 'findings') series.accept(entry);
  }
  return series;
}
