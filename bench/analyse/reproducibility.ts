import { mean, variance } from '../model/averages.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Warning } from '../model/outcome.ts';
import type { PairedDurations } from '../model/pair.ts';
import type { Reproducibility } from '../model/times.ts';
import { logRatio } from './estimates.ts';

/** The parts of the scatter of log ratios; undefined unless several rounds have several pairs. */
export function reproducibilityOf(durations: PairedDurations): Reproducibility | undefined {
  const rounds = [...new Set(durations.map(({ round }) => round))]
    .filter((round) => round !== undefined)
    .map((ordinal) => durations.filter(({ round }) => round === ordinal))
    .map((pairs) => pairs.map(logRatio));
  const repeated = rounds.filter(({ length }) => length > 1);
  if (repeated.length < 2) return undefined;
  const within = mean(repeated.map(variance));
  const pairsPerRound = mean(repeated.map(({ length }) => length));
  const between = variance(repeated.map(mean)) - within / pairsPerRound;
  return { withinRounds: Math.sqrt(within), betweenRounds: Math.sqrt(Math.max(0, between)) };
}

/** Both are shown where they differ by more. */
const NOTABLE = Math.log(1.1);

/** The ratio over the quieter rounds beside the one over all, where the machine made a difference. */
export function busyRoundsWarning(
  all: Estimate,
  quiet: Estimate | undefined,
  text: (estimate: Estimate) => string,
): Warning[] {
  if (!quiet || Math.abs(Math.log(all.point / quiet.point)) <= NOTABLE) return [];
  return [
    {
      code: 'busy-rounds',
      cause: `undisturbed ${text(quiet)}, over the quieter half of the rounds; as it was in this run ${text(all)}, because both arms took longer in the others`,
      remedy: 'expect the one or the other, depending on how busy the machine is',
    },
  ];
}
