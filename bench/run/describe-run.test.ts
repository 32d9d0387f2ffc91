import { expect, test } from 'vitest';
import { salesAgent } from '../suites/sales-agent/suite.ts';
import { describeRun } from './describe-run.ts';
import { bundledServer } from '../servers/embedded/index.ts';
import type { RunRequest } from './run-request.ts';

const request: RunRequest = {
  suite: salesAgent,
  suitePath: undefined,
  candidatePath: "it's mine/3 by length.sql",
  baselines: ['bare'],
  scale: 0.5,
  workload: 'headline',
  only: [],
  approximate: [],
  seed: 42,
  budgetSeconds: 9,
  mix: { reads: 4, writes: 1 },
  out: 'reports',
  keep: false,
  server: bundledServer,
  statementTimeoutSeconds: 600,
  settings: {},
};

test('the command that repeats a run can be pasted into a shell, whatever its paths are called', () => {
  const { command } = describeRun(request, new Date(0));
  expect(command).toBe(
    String.raw`npm run index-impact -- run --candidate 'it'\''s mine/3 by length.sql' --baseline bare --scale 0.5 --workload headline --seed 42 --budget 9 --mix 4:1 --target embedded --pg 18`,
  );
});

test('the command that repeats a run sets the same planner settings', () => {
  const settings = { work_mem: '8MB', enable_hashjoin: 'off' };
  const { command } = describeRun({ ...request, settings }, new Date(0));
  expect(command).toContain(" --setting 'work_mem=8MB,enable_hashjoin=off' --target embedded ");
});
