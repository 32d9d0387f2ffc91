import type { CommandName } from '../flags/commands.ts';
import type { Execute } from './io.ts';

/** One file a command, loaded when it is asked for: --help and a report wait for no database driver. */
export const COMMAND_FILES: Record<CommandName, () => Promise<{ execute: Execute }>> = {
  run: () => import('./commands/run.ts'),
  seed: () => import('./commands/seed.ts'),
  report: () => import('./commands/report.ts'),
  qualify: () => import('./commands/qualify.ts'),
  matrix: () => import('./commands/matrix.ts'),
  nightly: () => import('./commands/nightly.ts'),
  gate: () => import('./commands/gate.ts'),
  compare: () => import('./commands/compare.ts'),
  verify: () => import('./commands/verify.ts'),
  audit: () => import('./commands/audit.ts'),
  stop: () => import('./commands/stop.ts'),
  clean: () => import('./commands/clean.ts'),
};
