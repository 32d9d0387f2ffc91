import type { Baseline } from '../../../model/arm.ts';
import type { ClaimEvidence, ClaimVerdict } from '../../../model/claim.ts';
import type { Claim, JudgedRun, ProbeAnswer } from '../../../suite/claim.ts';

const NOT_HERE = 'not measurable here';

export const notMeasurable = (text: string, baseline?: Baseline): ClaimEvidence => ({
  ...(baseline && { baseline }),
  text,
  verdict: NOT_HERE,
});

/** Evidence either way. */
export const judged = (holds: boolean, text: string, baseline?: Baseline): ClaimEvidence => ({
  ...(baseline && { baseline }),
  text,
  verdict: holds ? 'confirmed' : 'refuted',
});

/** Whether all, some or none of several things hold. */
export function shareVerdict(holding: number, of: number): ClaimVerdict {
  if (of === 0) return NOT_HERE;
  if (holding === of) return 'confirmed';
  return holding === 0 ? 'refuted' : 'partly';
}

/** Why a claim that rests on opinion or advice has no verdict. */
export const opinion = (text: string) => (): ClaimEvidence[] => [notMeasurable(text)];

/** Judges the one answer, or the first, of a probe. */
export const byRows =
  (judge: (rows: Rows) => ClaimEvidence[]) =>
  (_: unknown, [answer]: readonly ProbeAnswer[]): ClaimEvidence[] =>
    answer?.state === 'answered' ? judge(answer.rows) : [unanswered(answer)];

export type Rows = readonly Readonly<Record<string, string | null>>[];

/** Judges a probe none of whose statements is in question: one that was refused leaves nothing to judge. */
export const byAnswers =
  (judge: (answers: readonly ProbeAnswer[], found: JudgedRun) => ClaimEvidence[]): Claim['judge'] =>
  (found, answers) => {
    const refused = answers.find(({ state }) => state !== 'answered');
    return refused ? [unanswered(refused)] : judge(answers, found);
  };

/** For a statement that was refused although nothing in it is in question. */
export const unanswered = (answer: ProbeAnswer | undefined): ClaimEvidence =>
  notMeasurable(
    answer?.state === 'refused' ? `PostgreSQL refused to say: ${answer.message}` : 'there is no answer',
  );

export const rowsOf = (answer: ProbeAnswer | undefined): Rows =>
  answer?.state === 'answered' ? answer.rows : [];

/** A figure of the answer's first row. */
export const figure = (answer: ProbeAnswer | undefined, column: string): number =>
  Number(rowsOf(answer)[0]?.[column] ?? NaN);
