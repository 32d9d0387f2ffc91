import { z } from 'zod';
import { Baseline } from './arm.ts';

/** `partly`: some of what the claim covers holds, and some does not. */
export const ClaimVerdict = z.enum(['confirmed', 'refuted', 'partly', 'not measurable here']);
export type ClaimVerdict = z.infer<typeof ClaimVerdict>;

/** One thing that a run found out about a claim; without `baseline` it does not depend on one. */
export const ClaimEvidence = z.strictObject({
  baseline: Baseline.optional(),
  /** What was found, with figures and their intervals. */
  text: z.string(),
  verdict: ClaimVerdict,
});
export type ClaimEvidence = z.infer<typeof ClaimEvidence>;

/** One checkable statement of a suite's document, and what the run makes of it. */
export const ClaimResult = z.strictObject({
  /** Kebab-case, unique in the suite. */
  id: z.string(),
  /** The document's heading that it stands under. */
  section: z.string(),
  /** Verbatim. */
  quote: z.string(),
  /** The rule that it was judged by. */
  confirmedBy: z.string(),
  evidence: z.array(ClaimEvidence),
  verdict: ClaimVerdict,
});
export type ClaimResult = z.infer<typeof ClaimResult>;
