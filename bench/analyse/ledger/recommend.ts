import type { HourlyWorth } from '../../model/hour.ts';
import type { IndexEffect, Recommendation, Redundancy } from '../../model/ledger.ts';
import { longDuration, milliseconds, ratioText, significant } from '../../format/quantity.ts';
import { inSentence } from '../../format/plain-text.ts';
import { isTooDear } from './hourly-worth.ts';
import type { Kinship } from './redundancy.ts';
import { earns, readsWon, writesWon } from './worth.ts';

/** The facts about one index when it is judged. */
export interface Judged {
  name: string;
  alone: IndexEffect;
  /** Added as the last index of the candidate, or of the indexes that are kept. */
  marginal: IndexEffect;
  /** Whether leaving it out, beside the others that are left out, made nothing slower. */
  isDispensable: boolean;
  usedBy: readonly string[];
  /** Whether any statement of the workload names its table and its first column. */
  isExercised: boolean;
  kinship: Pick<Kinship, 'coveredBy' | 'extendedBy'>;
  redundant: readonly Redundancy[];
  /** What it is worth in an hour, where that is known. */
  hour?: HourlyWorth | undefined;
}

/** The recommendation for an index of the candidate, with its reason. */
export function recommend(judged: Judged): Recommendation {
  if (judged.isDispensable) return withoutIt(judged);
  return judged.hour && isTooDear(judged.hour) ? atItsPrice(judged.hour) : withIt(judged);
}

/** It makes reads faster, and costs more than that. */
const atItsPrice = ({ savedMs, addedMs, readsPerWrite, breakEven }: HourlyWorth): Recommendation => ({
  action: 'drop',
  reason: [
    `in an hour its reads save ${longDuration(savedMs.point)} and its writes take ${longDuration(addedMs.point)} longer`,
    `it pays from ${significant(breakEven.point)} of these reads for each of these writes on, and there are ${significant(readsPerWrite)}`,
  ].join('; '),
});

function withIt({ marginal, redundant }: Judged): Recommendation {
  const replaced = redundant.find(({ effect }) => !earns(effect));
  const reason = whatItWins(marginal);
  if (!replaced) return { action: 'keep', reason };
  return {
    action: 'keep instead of',
    other: replaced.name,
    reason: `${reason}; it begins with the keys of ${replaced.name}, and nothing was slower without that one`,
  };
}

function whatItWins(effect: IndexEffect): string {
  const [best] = readsWon(effect).toSorted((a, b) => b.estimate.point - a.estimate.point);
  if (best) return `${inSentence(best.title)} is ${ratioText(best.estimate)} as fast with it`;
  const [write] = writesWon(effect);
  if (!write?.times) return 'no other index replaces its gain';
  const { before, after } = write.times;
  return `${write.title} takes ${milliseconds(after.durationMs.point)} instead of ${milliseconds(before.durationMs.point)}`;
}

function withoutIt({ alone, usedBy, isExercised, kinship, marginal }: Judged): Recommendation {
  if (kinship.coveredBy !== undefined)
    return {
      action: 'drop',
      other: kinship.coveredBy,
      reason: `${kinship.coveredBy} already has all its keys`,
    };
  if (kinship.extendedBy !== undefined)
    return {
      action: 'merge with',
      other: kinship.extendedBy,
      reason: `${kinship.extendedBy} begins with its keys, and nothing was slower without it`,
    };
  if (!isExercised && usedBy.length === 0)
    return {
      action: 'not exercised by this workload',
      reason: 'no statement uses its first column: only its costs were measured',
    };
  const [substitute] = [...marginal.reads, ...alone.reads].flatMap(({ instead }) => instead);
  if (earns(alone) && substitute !== undefined)
    return { action: 'drop', other: substitute, reason: `without it ${substitute} serves its reads as fast` };
  return { action: 'drop', reason: 'nothing was slower without it' };
}
