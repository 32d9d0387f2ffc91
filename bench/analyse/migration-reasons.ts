import type { PerArm } from '../model/arm.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Balance, BreakEven, Goal, MigrationVerdict, Mix } from '../model/migration.ts';
import {
  bytes,
  changeText,
  count,
  durationText,
  hotText,
  longDuration,
  longDurationText,
  milliseconds,
  mixText,
  percentText,
  ratioText,
  significant,
} from '../format/quantity.ts';
import type { HotLoss } from '../model/hot-loss.ts';
import type { Hour } from '../model/hour.ts';
import { inSentence } from '../format/plain-text.ts';
import type { MixedStatement, MixedStatements } from './mixed-statements.ts';
import type { MeasuredRead } from '../model/item-result.ts';

/** The goals that decide the verdict: those that are certainly missed, otherwise those that are not confirmed. */
export function goalReason(missed: readonly MissedGoal[]): string[] {
  const ruledOut = missed.filter(({ isRuledOut }) => isRuledOut);
  const decisive = ruledOut.length > 0 ? ruledOut : missed;
  if (decisive.length === 0) return [];
  const goals = decisive.map(
    ({ read: { title, estimate }, atLeast }) =>
      `${inSentence(title)} needs at least ${significant(atLeast)}x and gains ${ratioText(estimate)}`,
  );
  return [`goal ${ruledOut.length > 0 ? 'missed' : 'not confirmed'}: ${goals.join(', ')}`];
}

/** What a noisy run allows to be said. @param doubt the factor by which each time may be wrong */
export function doubtReason(verdict: MigrationVerdict, doubt: number | undefined): string[] {
  if (doubt === undefined || doubt === 1 || verdict === 'inconclusive') return [];
  const most = percentText(doubt - 1);
  return [`the run is noisy by up to ${most}; the verdict stands with each time wrong by as much`];
}

/** Time saved and added in an hour, and what its writes log. */
export function hourReason(hour: Hour | undefined): string[] {
  if (!hour) return [];
  const { calls, beforeMs, savedMs, addedMs, walBytes } = hour;
  return [
    [
      `an hour (${count(Math.round(calls))} calls) takes ${longDuration(beforeMs.point)} before`,
      `the candidate saves ${longDurationText(savedMs)} and adds ${longDurationText(addedMs)} in it`,
      ...(walBytes ? [`WAL ${walText(walBytes)} an hour`] : []),
    ].join('; '),
  ];
}

const walText = ({ before, after }: PerArm<number>): string =>
  `${bytes(Math.round(before))} -> ${bytes(Math.round(after))}${before > 0 ? ` (${changeText(after / before - 1)})` : ''}`;

/** Time saved and added by the mix, the break-even, and the statements that contribute most. */
export function balanceReasons(
  balance: Balance | undefined,
  statements: MixedStatements,
  mix: Mix,
): string[] {
  if (!balance) return ['the mix cannot be judged: its reads or its writes were not measured'];
  return [
    balanceText(balance, mix),
    ...(balance.breakEven ? [breakEvenText(balance.breakEven)] : []),
    ...largestParts([...statements.reads, ...statements.writes], balance),
  ];
}

const balanceText = ({ beforeMs, savedMs, addedMs, netMs }: Balance, mix: Mix): string =>
  [
    `1,000 statements (reads to writes ${mixText(mix)}) take ${milliseconds(beforeMs.point)} before`,
    `the candidate saves ${durationText(savedMs)} and adds ${durationText(addedMs)}`,
    `net ${netMs.point < 0 ? 'added' : 'saved'} ${durationText(netMs.point < 0 ? negated(netMs) : netMs)}`,
  ].join('; ');

const negated = (estimate: Estimate): Estimate => {
  const { point, low, high } = estimate;
  return { ...estimate, point: -point, low: -high, high: -low };
};

function breakEvenText(breakEven: BreakEven): string {
  switch (breakEven.state) {
    case 'saves at every share':
      return 'no break-even: reads and writes both take less time on average; every share of writes saves time';
    case 'saves at no share':
      return 'no break-even: reads and writes both take more time on average; every share of writes adds time';
    case 'anywhere':
      return 'the break-even is unknown: it may be at any share of writes, or there may be none';
    case 'saves below':
      return `break-even at ${writesText(breakEven.writeShare)}: time is saved below that share, and added above it`;
    case 'saves above':
      return `break-even at ${writesText(breakEven.writeShare)}: time is saved above that share, and added below it`;
  }
}

/** "93.2 % writes [91.0, 95.2]", from fractions. */
function writesText({ point, low, high }: Estimate): string {
  const [from, to] = [low, high].map((end) => (end * 100).toFixed(1));
  return `${percentText(point)} writes [${from}, ${to}]`;
}

/** The statement that saves most and the one that adds most: the balance depends on them. */
function largestParts(statements: readonly MixedStatement[], { savedMs, addedMs }: Balance): string[] {
  const timeOf = ({ executions, saved }: MixedStatement): number => executions * saved.point;
  const ordered = statements.toSorted((a, b) => timeOf(b) - timeOf(a));
  const part = (what: string, statement: MixedStatement | undefined, whole: number): string[] =>
    statement && whole > 0
      ? [
          `most is ${what} in ${inSentence(statement.title)} (${percentText(Math.abs(timeOf(statement)) / whole)})`,
        ]
      : [];
  const parts = [
    ...part('saved', ordered[0], savedMs.point),
    ...part('added', ordered.at(-1), addedMs.point),
  ];
  return parts.length > 0 ? [parts.join(' and ')] : [];
}

/** "UPDATE orders.status loses HOT: 92.0 % -> 3.0 %, and so do 2 more". */
export function hotReason([most, ...others]: readonly HotLoss[]): string[] {
  if (!most) return [];
  const more =
    others.length === 0 ? '' : `, and so ${others.length === 1 ? 'does' : 'do'} ${others.length} more`;
  return [`${inSentence(most.title)} loses HOT: ${hotText(most)}${more}`];
}

/** A goal that was measured and not confirmed. */
export interface MissedGoal {
  read: MeasuredRead;
  atLeast: number;
  /** Whether the whole interval lies below the goal: then it is certainly missed. */
  isRuledOut: boolean;
}

/** @param doubt the factor by which each time may be wrong; undefined: nobody knows, and no goal is ruled out */
export const missedGoals = (
  reads: readonly MeasuredRead[],
  goals: readonly Goal[],
  doubt = Infinity,
): MissedGoal[] =>
  goals.flatMap(({ read: id, atLeast }) => {
    const read = reads.find((row) => row.id === id);
    if (!read || (read.verdict === 'faster' && read.estimate.low / doubt >= atLeast)) return [];
    const isUnchanged = read.verdict === 'no material difference' && doubt === 1;
    return [{ read, atLeast, isRuledOut: isUnchanged || read.estimate.high * doubt < atLeast }];
  });
