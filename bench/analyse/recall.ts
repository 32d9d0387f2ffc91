import { inSentence } from '../format/plain-text.ts';
import { recallText } from '../format/recall-text.ts';
import type { Answers } from '../model/counters.ts';
import type { MeasuredRead } from '../model/item-result.ts';
import type { Warning } from '../model/outcome.ts';

/** A faster answer that is another one is no speedup for everybody: the reader has to know both. */
export const recallWarnings = ({ comparison, recall }: Answers): Warning[] =>
  comparison === 'approximate' && recall
    ? [
        {
          code: 'approximate',
          cause: `the answer after is approximate: ${recallText(recall)}`,
          remedy: 'decide whether that is enough, or change what the index trades for it and measure again',
        },
      ]
    : [];

/** "Nearest notes answers approximately: recall 90.1 %". */
export const recallReasons = (reads: readonly MeasuredRead[]): string[] =>
  reads.flatMap(({ title, answers: { comparison, recall } }) =>
    comparison === 'approximate' && recall
      ? [`${inSentence(title)} answers approximately: ${recallText(recall)}`]
      : [],
  );
