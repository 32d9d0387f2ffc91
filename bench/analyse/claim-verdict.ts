import type { ClaimEvidence, ClaimVerdict } from '../model/claim.ts';

/** What all evidences come to together. One that could not be measured says nothing against the others. */
export function claimVerdict(evidence: readonly Pick<ClaimEvidence, 'verdict'>[]): ClaimVerdict {
  const verdicts = new Set(evidence.map(({ verdict }) => verdict));
  verdicts.delete('not measurable here');
  const [only = 'not measurable here', ...others] = verdicts;
  return others.length > 0 ? 'partly' : only;
}
