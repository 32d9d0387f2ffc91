import { replayed } from '../flags/flag.ts';
import { SWEEP_VERSION, type Sweep } from '../model/sweep.ts';
import { candidateFile } from '../run/candidate-file.ts';
import { flagsOf, newId } from '../run/describe-run.ts';
import { describeSources } from '../run/fingerprints.ts';
import { programCommand } from '../system/program.ts';
import { SWEEP_FLAGS } from './flags.ts';
import type { SweepRequest } from './sweep-request.ts';

/** A sweep that has found out nothing yet. */
export async function describeSweep(request: SweepRequest, now: Date): Promise<Sweep> {
  const { run, scales, predict } = request;
  const { suite, baselines, seed } = run;
  const flags = flagsOfSweep(request);
  return {
    sweepVersion: SWEEP_VERSION,
    id: `sweep-${newId(now)}`,
    startedAt: now.toISOString(),
    outcome: { state: 'running' },
    command: programCommand('sweep', ...flags),
    flags,
    sources: await sourcesOf(request),
    suite: { name: suite.name, title: suite.title },
    candidate: suite.candidate.name,
    baselines: [...baselines],
    seed,
    scales: [...scales],
    ...(predict && { predict }),
    steps: 0,
    points: [],
    crossovers: [],
    growths: [],
  };
}

/** SHA-256 of all that decides what is measured. */
export const sourcesOf = async ({ run: { suite } }: SweepRequest): Promise<Sweep['sources']> => ({
  ...(await describeSources(suite, await candidateFile(suite))),
});

/** Those that ask for the same sweep again. */
const flagsOfSweep = (request: SweepRequest): string[] => [
  ...replayed<SweepRequest>(SWEEP_FLAGS, request),
  ...flagsOf(request.run, 'sweep'),
];
