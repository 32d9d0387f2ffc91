import type { Arm, PerArm } from '../model/arm.ts';
import { blockOf, timeEach, type TimedBlock } from './block.ts';

/** How the two blocks of a pair are interleaved. */
export interface Turns {
  /** Of each arm. */
  turns: number;
  /** Of an arm, in each of its turns. */
  executions: PerArm<number>;
}

/** Of each arm, over all its turns: rounds scatter more than reads within them. */
const READ_BLOCK_MS = 5;
/** Of the faster arm, where both have to run equally many executions: writes wait for the disk, and scatter by themselves. */
const WRITE_BLOCK_MS = 10;
/** Of the slower one. */
const SLOWER_BLOCK_MS = 30;
const TURN_MS = 1;
const MOST_EXECUTIONS_PER_MS = 20;

/** Turns in which each arm fills its block. */
export const turnsOf = (durationMs: PerArm<number>): Turns =>
  filledTurns(durationMs, turnsFor(durationMs, READ_BLOCK_MS, READ_BLOCK_MS), READ_BLOCK_MS);

/** A single turn, in which each arm fills a block of so many milliseconds, as a load generator does. */
export const inOneGo =
  (blockMs: number) =>
  (durationMs: PerArm<number>): Turns =>
    filledTurns(durationMs, 1, blockMs);

function filledTurns({ before, after }: PerArm<number>, turns: number, blockMs: number): Turns {
  const filling = (ms: number): number => atLeastOne(blockMs / turns / ms, blockMs / turns);
  return { turns, executions: { before: filling(before), after: filling(after) } };
}

/** The same for arms that run equally many executions: the faster one fills its block, unless the slower takes too long. */
export function sharedTurnsOf(durationMs: PerArm<number>): Turns {
  const { before, after } = durationMs;
  const turns = turnsFor(durationMs, SLOWER_BLOCK_MS, WRITE_BLOCK_MS);
  const faster = WRITE_BLOCK_MS / turns / Math.min(before, after);
  const slower = SLOWER_BLOCK_MS / turns / Math.max(before, after);
  const executions = atLeastOne(Math.min(faster, slower), WRITE_BLOCK_MS / turns);
  return { turns, executions: { before: executions, after: executions } };
}

/** The same with at least so many executions of each arm. */
export function atLeast(executions: number, { turns, executions: { before, after } }: Turns): Turns {
  const inTurn = Math.ceil(executions / turns);
  return { turns, executions: { before: Math.max(inTurn, before), after: Math.max(inTurn, after) } };
}

/** The same within a number of executions of each arm. */
export function within(executions: number, { turns, executions: { before: inTurn } }: Turns): Turns {
  const fewer = Math.min(inTurn, executions);
  return {
    turns: Math.min(turns, Math.floor(executions / fewer)),
    executions: { before: fewer, after: fewer },
  };
}

/** As many as the slower arm can take in its block, each of a millisecond at least. */
const turnsFor = ({ before, after }: PerArm<number>, slowerMs: number, fasterMs: number): number =>
  Math.max(1, Math.min(fasterMs / TURN_MS, Math.floor(slowerMs / Math.max(before, after))));

const atLeastOne = (executions: number, turnMs: number): number =>
  Math.max(1, Math.min(Math.ceil(executions), Math.ceil(turnMs * MOST_EXECUTIONS_PER_MS)));

/**
 * Runs one block of each arm, turn by turn: what slows the machine down for some milliseconds meets both (Abedi and Brecht
 * 2017, "Conducting repeatable experiments in highly variable cloud computing environments": interleave what is compared).
 *
 * @param first begins the first turn, the other arm the second, and so on
 */
export async function runInTurns(
  execute: PerArm<() => Promise<unknown>>,
  { turns, executions }: Turns,
  first: Arm,
): Promise<PerArm<TimedBlock>> {
  const durationsMs: PerArm<number[]> = { before: [], after: [] };
  const other: Arm = first === 'before' ? 'after' : 'before';
  for (let turn = 0; turn < turns; turn++) {
    for (const arm of turn % 2 === 0 ? [first, other] : [other, first])
      durationsMs[arm].push(...(await timeEach(executions[arm], execute[arm])));
  }
  return { before: blockOf(durationsMs.before), after: blockOf(durationsMs.after) };
}
