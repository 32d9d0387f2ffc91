import { randomBytes } from 'node:crypto';
import type { CommandName } from '../flags/commands.ts';
import { replayed } from '../flags/flag.ts';
import type { Run } from '../model/run.ts';
import { programCommand } from '../system/program.ts';
import { RUN_FLAGS } from './flags.ts';
import type { RunRequest } from './run-request.ts';

/** The head of the result: what was asked for, and the command that asks for it again. */
export const describeRun = (request: RunRequest, now: Date): Run => ({
  id: newId(now),
  startedAt: now.toISOString(),
  outcome: { state: 'running' },
  ...describeRequest(request),
  phases: [],
});

/** The head of a run that has begun, where its rows have changed what is asked for. */
export const describeChanged = ({ id, startedAt, outcome, phases }: Run, request: RunRequest): Run => ({
  id,
  startedAt,
  outcome,
  ...describeRequest(request),
  phases,
});

function describeRequest(
  request: RunRequest,
): Omit<Run, 'id' | 'startedAt' | 'resumedAt' | 'outcome' | 'phases'> {
  const { suite, baselines, scale, workload, only, seed, budgetSeconds, mix, settings } = request;
  return {
    command: request.command ?? commandOf(request),
    suite: { name: suite.name, title: suite.title },
    baselines: [...baselines],
    scale,
    workload,
    only: [...only],
    seed,
    budgetSeconds,
    mix: { reads: mix.reads, writes: mix.writes },
    ...(suite.weightsAre && { weightsAre: suite.weightsAre }),
    goals: [...suite.goals],
    ...(Object.keys(settings).length > 0 && { settings }),
  };
}

/** Names the directory of what begins now. */
export const newId = (now: Date): string => `${timestamp(now)}-${randomBytes(2).toString('hex')}`;

/** Sorts by time, and is a file name everywhere: 20251004-153000. */
const timestamp = (now: Date): string =>
  now.toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '').replace('T', '-');

/** The head of a run that goes on. */
export const describeResumption = (run: Run, now: Date): Run => ({
  ...run,
  resumedAt: [...(run.resumedAt ?? []), now.toISOString()],
  outcome: { state: 'running' },
  phases: [],
});

const commandOf = (request: RunRequest): string => programCommand('run', ...flagsOf(request));

/** Those that ask for the same run again, or for runs of the same in another command. */
export const flagsOf = (request: RunRequest, command: CommandName = 'run'): string[] => [
  ...replayed<RunRequest>(
    RUN_FLAGS.filter(({ commands }) => commands.includes(command)),
    request,
  ),
  ...request.server.flags,
];
