import type { ClaimEvidence, ClaimResult, ClaimVerdict } from '../model/claim.ts';
import type { Claim, JudgedRun, ProbeAnswer } from '../suite/claim.ts';
import type { ProbeAnswers } from './items/claim-probes.ts';

/** Judges every claim by what the run has found out. */
export const judgeClaims = (
  claims: readonly Claim[],
  judgedRun: JudgedRun,
  answers: ProbeAnswers,
): ClaimResult[] =>
  claims.map((claim) => {
    const { id, section, quote, confirmedBy } = claim;
    const evidence = evidenceFor(claim, judgedRun, answers);
    return { id, section, quote, confirmedBy, evidence, verdict: claimVerdict(evidence) };
  });

/** The verdict of all evidence together. Evidence that could not be measured is left out. */
export function claimVerdict(evidence: readonly Pick<ClaimEvidence, 'verdict'>[]): ClaimVerdict {
  const verdicts = new Set(evidence.map(({ verdict }) => verdict));
  verdicts.delete('not measurable here');
  const [only = 'not measurable here', ...others] = verdicts;
  return others.length > 0 ? 'partly' : only;
}

function evidenceFor(
  { id, probe, judge }: Claim,
  judgedRun: JudgedRun,
  answers: ProbeAnswers,
): ClaimEvidence[] {
  const answered = answers.get(id);
  if (!probe) return judge(judgedRun, []);
  if (!answered) return [notProbed(judgedRun)];
  return answered.some(({ state }) => state === 'failed')
    ? [notAnswered(answered)]
    : judge(judgedRun, answered);
}

/** Lists every message: an earlier refusal can be the reason for a later failure. */
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
