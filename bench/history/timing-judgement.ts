import type { TimingJudgement } from '../model/gate.ts';
import type { Night } from '../model/night.ts';
import type { Series } from './series.ts';
import { ENOUGH_NIGHTS } from './timing.ts';
import { unreliability } from './unreliability.ts';

/** How much of a night's times can be judged after a series of nights. */
export function timingAfter(series: Series, night: Night): TimingJudgement {
  const cause = unreliability(night);
  if (cause !== undefined) return { state: 'off', cause };
  const nights = series.bandNights(night);
  if (nights >= ENOUGH_NIGHTS) return { state: 'judged', nights };
  const differences = series.machineDifferences(night);
  if (differences.length === 0) return advisory(nights);
  return {
    state: 'off',
    cause: `not comparable, because the machine is not that of the nights before: ${differences.join('; ')}`,
  };
}

export const advisory = (nights: number): TimingJudgement => ({
  state: 'advisory',
  nightsMissing: ENOUGH_NIGHTS - nights,
});
