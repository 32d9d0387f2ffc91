import { randomBytes } from 'node:crypto';
import { BUNDLED_MAJOR } from '../servers/server-settings.ts';
import { urlWithoutSecrets } from '../database/login.ts';
import { programCommand } from '../system/program.ts';
import type { Run } from '../model/run.ts';
import type { RunRequest } from './run-request.ts';

/** The head of the result: what was asked for, and the command that asks for it again. */
export function describeRun(request: RunRequest, now: Date): Run {
  const { suite, baselines, scale, workload, only, seed, budgetSeconds, mix } = request;
  return {
    id: `${timestamp(now)}-${randomBytes(2).toString('hex')}`,
    startedAt: now.toISOString(),
    outcome: { state: 'running' },
    command: commandOf(request),
    suite: { name: suite.name, title: suite.title },
    baselines: [...baselines],
    scale,
    workload,
    only: [...only],
    seed,
    budgetSeconds,
    mix: { reads: mix.reads, writes: mix.writes },
    goals: [...suite.goals],
    phases: [],
  };
}

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

/** Every value is spelled out, so that the command means the same when a default has changed. */
export function flagsOf(request: RunRequest): string[] {
  const { suitePath, candidatePath, baselines, scale, workload, only, seed, budgetSeconds, mix } = request;
  const flags = {
    suite: suitePath,
    candidate: candidatePath,
    baseline: baselines.length > 1 ? 'both' : baselines[0],
    scale,
    workload,
    only: only.length > 0 ? only.join(',') : undefined,
    seed,
    budget: budgetSeconds,
    mix: `${mix.reads}:${mix.writes}`,
    ...serverFlags(request.server),
  };
  return Object.entries(flags).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag}`, String(value)],
  );
}

/** Those that lead to the same server again, without a secret. */
function serverFlags(server: RunRequest['server']): Record<string, string | number> {
  switch (server.target) {
    case 'embedded':
      return server.major === BUNDLED_MAJOR ? {} : { pg: server.major };
    case 'docker':
      return { target: server.target, image: server.image, pg: server.major };
    case 'url':
      return { target: server.target, url: urlWithoutSecrets(server.url) };
  }
}
