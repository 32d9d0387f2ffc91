import { claimVerdict } from '../analyse/claim-verdict.ts';
import type { ClaimEvidence, ClaimResult } from '../model/claim.ts';
import type { Claim, JudgedRun, ProbeAnswer } from '../suite/claim.ts';
import type { ProbeAnswers } from './items/claim-probes.ts';

/** Judges every claim by what has been found out so far. */
export const judgeClaims = (
  claims: readonly Claim[],
  found: JudgedRun,
  answers: ProbeAnswers,
): ClaimResult[] =>
  claims.map((claim) => {
    const { id, section, quote, confirmedBy } = claim;
    const evidence = evidenceFor(claim, found, answers);
    return { id, section, quote, confirmedBy, evidence, verdict: claimVerdict(evidence) };
  });

function evidenceFor({ id, probe, judge }: Claim, found: JudgedRun, answers: ProbeAnswers): ClaimEvidence[] {
  const answered = answers.get(id);
  if (!probe) return judge(found, []);
  if (!answered) return [notProbed(found)];
  return answered.some(({ state }) => state === 'failed') ? [notAnswered(answered)] : judge(found, answered);
}

/** What an earlier statement was refused for can be why a later one failed. */
function notAnswered(answers: readonly ProbeAnswer[]): ClaimEvidence {
  const messages = answers.flatMap((answer) => (answer.state === 'answered' ? [] : [answer.message]));
  return {
    text: `PostgreSQL could not be asked: ${[...new Set(messages)].join('; ')}`,
    verdict: 'not measurable here',
  };
}

function notProbed({ run }: JudgedRun): ClaimEvidence {
  const text = run.baselines.includes('shipped')
    ? 'this run ended before it put its questions to the database'
    : 'this run has no baseline shipped to ask: --baseline both has';
  return { text, verdict: 'not measurable here' };
}
