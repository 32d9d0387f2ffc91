import type { PairedDurations, Sequence } from '../model/pair.ts';
import { errorOfDifference, type Mean } from './trimmed-mean.ts';

/**
 * The arms of a run may be on two servers, and change places: a cross-over of two sequences. In `AB` the log ratio of a round
 * is the candidate's plus the servers', in `BA` the candidate's minus the servers'. So the candidate's is the mean of both
 * sequences' means, and the servers' half of their difference (Jones and Kenward, "Design and Analysis of Cross-Over
 * Trials", on the 2 x 2 design).
 */
export type InSequences<T> = Record<Sequence, T>;

/** Of each sequence, from which Student's interval can be made. */
export const FEWEST_ROUNDS_A_SEQUENCE = 3;

/** The durations of each sequence; undefined where both arms are on one server. */
export function inSequences(durations: PairedDurations): InSequences<PairedDurations> | undefined {
  const of = (wanted: Sequence): PairedDurations => durations.filter(({ sequence }) => sequence === wanted);
  const sequences = { AB: of('AB'), BA: of('BA') };
  return sequences.AB.length + sequences.BA.length > 0 ? sequences : undefined;
}

/** What both sequences have in common. */
export const commonMean = ({ AB, BA }: InSequences<Mean>): Mean => ({
  point: (AB.point + BA.point) / 2,
  ...halved(errorOfDifference(AB, BA)),
});

/** What distinguishes them: it adds to the one, and is taken from the other. */
export const halfDifference = ({ AB, BA }: InSequences<Mean>): Mean => ({
  point: (AB.point - BA.point) / 2,
  ...halved(errorOfDifference(AB, BA)),
});

const halved = ({ error, df }: Pick<Mean, 'error' | 'df'>): Pick<Mean, 'error' | 'df'> => ({
  error: error / 2,
  df,
});

/**
 * The durations as they would be if both servers were as fast as they are on the average.
 *
 * @param lnRatio of the servers: half the difference between the sequences
 */
export const levelled = (durations: PairedDurations, lnRatio: number): PairedDurations =>
  durations.map((duration) => {
    if (duration.sequence === undefined) return duration;
    const before = Math.exp((duration.sequence === 'AB' ? -lnRatio : lnRatio) / 2);
    return { ...duration, before: duration.before * before, after: duration.after / before };
  });
