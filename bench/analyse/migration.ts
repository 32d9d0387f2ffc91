import type { Baseline } from '../model/arm.ts';
import { hotLosses } from '../model/hot-loss.ts';
import type { Hour } from '../model/hour.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Migration, MigrationVerdict } from '../model/migration.ts';
import type { MeasuredRead, MeasuredWrite } from '../model/item-result.ts';
import type { Result } from '../model/result.ts';
import { balanceOf } from './balance.ts';
import { doubted, doubtOf } from './doubt.ts';
import {
  missedGoals,
  type MissedGoal,
  balanceReasons,
  doubtReason,
  goalReason,
  hotReason,
  hourReason,
} from './migration-reasons.ts';
import { hourOf } from './hour.ts';
import { hourlyCalls } from './hourly-calls.ts';
import { isPlannedOtherwise, plannedOtherwise } from './other-plans.ts';
import { recallReasons } from './recall.ts';
import { tailReason, worseTails } from './worse-tails.ts';
import { mixedStatements, type MixedStatements } from './mixed-statements.ts';
import type { Recommendation } from '../model/ledger.ts';
import { counted, overheadText, ratioText } from '../format/quantity.ts';
import { inSentence } from '../format/plain-text.ts';

/** Rows with their verdicts, and what qualifies them. */
type JudgedRows = Pick<Result, 'run' | 'reads' | 'writes' | 'canaries' | 'ledger'>;

/**
 * Judges the migration on the run's first baseline: `shipped`, where it would be applied, unless only `bare` was
 * requested. The verdict is to ship when the goals' reads become faster and 1,000 statements of the mix take less
 * time: the whole interval of the time saved is above 0. In a noisy run a verdict has to stand with each time wrong by
 * as much as the canaries are.
 */
export function judgeMigration(judged: JudgedRows): Migration | undefined {
  const [baseline] = judged.run.baselines;
  if (!baseline) return undefined;
  const measured = rowsOn(baseline, judged);
  if (measured.reads.length + measured.writes.length === 0) return undefined;
  const rows = believed(measured);
  const { mix, goals } = judged.run;
  const statements = mixedStatements(rows, mix);
  const balance = balanceOf(statements, mix);
  const doubt = doubtOf(judged.canaries.filter((canary) => canary.baseline === baseline));
  const missed = missedGoals(rows.reads, goals, doubt);
  const hour = hourOn(baseline, judged, statements, rows.writes);
  const costs = costsOf(rows, judged.ledger);
  const hotLost = hotLosses(rows.writes);
  const certain = doubt === undefined ? undefined : balanceOf(doubted(statements, doubt), mix);
  const netMs = isOpen(measured) ? undefined : certain?.netMs;
  const verdict = verdictOf({ missed, netMs, costs });
  const reasons = [
    ...goalReason(missed),
    ...recallReasons(rows.reads),
    ...hourReason(hour),
    ...balanceReasons(balance, statements, mix),
    ...doubtReason(verdict, doubt),
    ...leftOut(judged, baseline),
    ...hotReason(hotLost),
    ...costs,
    ...unasked(judged.ledger),
  ];
  return { baseline, verdict, reasons, mix, ...(balance && { balance }), ...(hour && { hour }), hotLost };
}

const rowsOn = (baseline: Baseline, { reads, writes }: JudgedRows): Rows => ({
  reads: reads.filter((row) => row.state === 'measured').filter((row) => row.baseline === baseline),
  writes: writes.filter((row) => row.state === 'measured').filter((row) => row.baseline === baseline),
});

/** Those for which the source does the same work. */
const believed = ({ reads, writes }: Rows): Rows => ({
  reads: reads.filter(({ warnings }) => !isPlannedOtherwise(warnings)),
  writes: writes.filter(({ warnings }) => !isPlannedOtherwise(warnings)),
});

/** Whether a statement of the mix that the candidate changes is not to be believed. */
const isOpen = ({ reads, writes }: Rows): boolean =>
  [...reads, ...writes].some(
    ({ warnings, verdict, weight }) =>
      weight > 0 && isPlannedOtherwise(warnings) && (verdict === 'faster' || verdict === 'slower'),
  );

/** Undefined where weights are proportions, or where --only has cut the statements: they are no hour then. */
function hourOn(
  baseline: Baseline,
  { run, reads, writes }: JudgedRows,
  statements: MixedStatements,
  measured: readonly MeasuredWrite[],
): Hour | undefined {
  if (!run.weightsAre || run.only.length > 0) return undefined;
  const isHere = (row: { baseline: Baseline }): boolean => row.baseline === baseline;
  const calls = hourlyCalls(reads.filter(isHere), writes.filter(isHere), run.mix);
  return hourOf(statements, measured, calls);
}

/** What the mix lacks: without some statements of the suite it is another mix. */
function leftOut({ run, reads, writes }: JudgedRows, baseline: Baseline): string[] {
  const mixed = [...reads, ...writes].filter((row) => row.baseline === baseline && row.weight > 0);
  const failed = mixed.filter(({ state }) => state === 'failed');
  const other = plannedOtherwise(mixed);
  return [
    ...(run.only.length > 0 ? ['the mix has only the statements that --only names'] : []),
    ...(failed.length > 0
      ? [`${failed.length} of ${mixed.length} statements of the mix could not be measured, and are left out`]
      : []),
    ...(other.length > 0
      ? [
          `${other.length} of ${mixed.length} statements of the mix are planned otherwise in the source, and are left out`,
        ]
      : []),
  ];
}

interface Grounds {
  missed: readonly MissedGoal[];
  /** Time saved by 1,000 statements of the mix, with all doubts; undefined where that is not known. */
  netMs: Estimate | undefined;
  costs: readonly string[];
}

function verdictOf({ missed, netMs, costs }: Grounds): MigrationVerdict {
  if (!netMs) return 'inconclusive';
  if (missed.some(({ isRuledOut }) => isRuledOut)) return 'do not ship';
  if (netMs.high < 0) return 'do not ship';
  if (missed.length > 0 || netMs.low <= 0) return 'inconclusive';
  return costs.length > 0 ? 'ship with cost' : 'ship';
}

/** The measurements on the baseline that decides. */
interface Rows {
  reads: MeasuredRead[];
  writes: MeasuredWrite[];
}

/** The costs of the migration: slower statements, slower tails, and indexes that earn nothing. */
function costsOf({ reads, writes }: Rows, ledger: Result['ledger']): string[] {
  const slower = [
    ...reads.map((row) => ({ ...row, factor: 1 / row.estimate.point, text: ratioText(row.estimate) })),
    ...writes.map((row) => ({ ...row, factor: 1 + row.estimate.point, text: overheadText(row.estimate) })),
  ]
    .filter(({ verdict }) => verdict === 'slower')
    .toSorted((a, b) => b.factor - a.factor);
  const [worst] = slower;
  const idle = recommended(ledger, ['drop', 'merge with']);
  return [
    ...(worst
      ? [
          `${slower.length} of ${counted(reads.length + writes.length, 'statement')} ${slower.length === 1 ? 'becomes' : 'become'} slower, most of all ${inSentence(worst.title)} (${worst.text})`,
        ]
      : []),
    ...tailReason(worseTails(writes)),
    ...(idle.length > 0
      ? [`${idle.length} of ${indexesOf(ledger)} can be left out: ${idle.map(({ name }) => name).join(', ')}`]
      : []),
  ];
}

/** Indexes that no measured statement could use. That does not show that they are useless. */
function unasked(ledger: Result['ledger']): string[] {
  const { length } = recommended(ledger, ['not exercised by this workload']);
  return length > 0 ? [`no measured statement could use ${length} of ${indexesOf(ledger)}`] : [];
}

const indexesOf = (ledger: Result['ledger']): string =>
  counted(ledger?.accounts.length ?? 0, 'index', 'indexes');

const recommended = (ledger: Result['ledger'], actions: readonly Recommendation['action'][]) =>
  (ledger?.accounts ?? []).filter(
    (account) => account.state === 'measured' && actions.includes(account.recommendation.action),
  );
