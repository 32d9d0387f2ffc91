import type { Timed } from '../model/measurement.ts';
import type { JudgedRound, Round, RoundCause } from '../model/round.ts';

/** Interference only adds time: the fastest rounds show the machine without it. The very fastest may be luck. */
const QUIET_QUANTILE = 0.2;
/** The medians of a quiet machine scatter by less than this. */
const SLOWER = 1.25;
/** The share of stolen time from which on times are not those of the machine. */
export const STOLEN = 0.05;

/**
 * Which rounds were disturbed: by comparison of their reference work with the quiet level of the run, by stolen time,
 * or by what happened to their pairs. A machine that was equally slow all the time is not noticed. Nor is one that
 * was slow in all of fewer than three rounds: a round is then called quiet because nothing else is known.
 *
 * @param timed what was measured in rounds; its disturbances belong to the rounds of their pairs
 */
export function judgeRounds(rounds: readonly Round[], timed: readonly Timed[]): JudgedRound[] {
  const quietMs = {
    scan: quietLevel(rounds.map(({ reference }) => reference.scanMs)),
    loop: quietLevel(rounds.map(({ reference }) => reference.loopMs)),
  };
  const incidents = timed.flatMap(incidentsOf);
  return rounds.map((round) => {
    const { scanMs, loopMs } = round.reference;
    const relative = { scan: scanMs / quietMs.scan, loop: loopMs / quietMs.loop };
    const own = incidents.filter((incident) => incident.round === round.ordinal).map(({ cause }) => cause);
    const causes = [...causesOf(round, relative), ...own];
    return { ...round, relative, state: causes.length > 0 ? 'disturbed' : 'quiet', causes };
  });
}

function quietLevel(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(QUIET_QUANTILE * (sorted.length - 1))] ?? NaN;
}

function causesOf({ reference, clockStepMs }: Round, { scan, loop }: JudgedRound['relative']): RoundCause[] {
  return [
    ...(scan >= SLOWER ? [{ kind: 'scan' } as const] : []),
    ...(loop >= SLOWER ? [{ kind: 'loop' } as const] : []),
    ...((reference.stealShare ?? 0) >= STOLEN ? [{ kind: 'steal' } as const] : []),
    ...(clockStepMs === undefined ? [] : [{ kind: 'clock step', stepMs: clockStepMs } as const]),
  ];
}

/** What held the whole machine up, and not only the item. */
function incidentsOf({ pairs, disturbances }: Timed): { round: number | undefined; cause: RoundCause }[] {
  return disturbances.flatMap((disturbance) => {
    if (disturbance.kind !== 'pause') return [];
    const { pair, ...cause } = disturbance;
    return [{ round: pairs[pair - 1]?.round, cause }];
  });
}
