import type { ClaimEvidence } from '../model/claim.ts';
import type { Result } from '../model/result.ts';

/** A result whose rows have their verdicts: what a claim is judged by. */
export type JudgedRun = Omit<Result, 'summary' | 'claims'>;

/**
 * PostgreSQL's answer: rows, of the last statement if there are several, every value as its text; its error, where it
 * refused the statement as it stands; or why the statement was not carried out, which says nothing about it.
 */
export type ProbeAnswer =
  | { state: 'answered'; rows: readonly Readonly<Record<string, string | null>>[] }
  | { state: 'refused'; message: string }
  | { state: 'failed'; message: string };

/** One checkable statement of the suite's document. */
export interface Claim {
  /** Kebab-case, unique in the suite. */
  id: string;
  /** The heading of the document that it stands under. */
  section: string;
  /** Verbatim, short: where it holds several figures, the claim is about the last one. */
  quote: string;
  /** The rule that it is judged by, so that a reader can disagree with the rule instead of the verdict. */
  confirmedBy: string;
  /**
   * Statements that are run one after another, each committed by itself, in a session of their own on a copy of
   * the baseline `shipped` with the candidate. What they create they have to drop, or roll back.
   */
  probe?: readonly string[] | undefined;
  /**
   * Pure; called once, when the run has ended. What was not measured is `not measurable here`.
   *
   * @param answers one for each statement of `probe`, none of which has failed
   */
  judge: (found: JudgedRun, answers: readonly ProbeAnswer[]) => ClaimEvidence[];
}
