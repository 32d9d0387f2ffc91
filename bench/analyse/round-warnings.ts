import { disturbedRounds } from '../format/disturbed-rounds.ts';
import { counted } from '../format/quantity.ts';
import type { Warning } from '../model/outcome.ts';
import { isDisturbed, type JudgedRound } from '../model/round.ts';

/** With fewer rounds there is nothing to tell a quiet machine by. */
const FEWEST_TO_COMPARE = 3;
/** A run begins on a busy machine when so many rounds at its start are disturbed. */
const FIRST_ROUNDS = 2;
const TOLERATED_SHARE = 1 / 3;

/** What a reader has to know of the machine during the run as a whole. */
export const roundWarnings = (rounds: readonly JudgedRound[]): Warning[] => [
  ...fewRounds(rounds),
  ...(isWorthTelling(rounds) ? [warnOfDisturbance(rounds)] : []),
];

function fewRounds({ length }: readonly JudgedRound[]): Warning[] {
  if (length === 0 || length >= FEWEST_TO_COMPARE) return [];
  const cause = `everything was measured in ${counted(length, 'round')}: whether the machine was quiet is not known`;
  const remedy = 'the intervals cover that moment, and not another run: raise --budget';
  return [{ code: 'few-rounds', cause, remedy }];
}

const STANDSTILLS: readonly string[] = ['clock step', 'pause'];

/** A machine or server that stood still always is. */
function isWorthTelling(rounds: readonly JudgedRound[]): boolean {
  const disturbed = rounds.filter(isDisturbed);
  return (
    disturbed.length > TOLERATED_SHARE * rounds.length ||
    disturbedAtStart(rounds) >= FIRST_ROUNDS ||
    disturbed.some(({ causes }) => causes.some(({ kind }) => STANDSTILLS.includes(kind)))
  );
}

function warnOfDisturbance(rounds: readonly JudgedRound[]): Warning {
  const first = disturbedAtStart(rounds);
  const start = first >= FIRST_ROUNDS ? `; the first ${first} are among them` : '';
  return {
    code: 'disturbed-rounds',
    cause: `${disturbedRounds(rounds)}${start}`,
    remedy:
      'the intervals cover the machine as it was, and not a quiet one: repeat the run when nothing else uses the machine or suspends it',
  };
}

/** How many rounds before the first quiet one. */
function disturbedAtStart(rounds: readonly JudgedRound[]): number {
  const quiet = rounds.findIndex((round) => !isDisturbed(round));
  return quiet < 0 ? rounds.length : quiet;
}
