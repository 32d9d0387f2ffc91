import type { Site } from '../database/server.ts';
import type { SqlFile } from '../database/sql-file.ts';
import type { Dataset } from '../model/result.ts';
import type { Progress } from '../model/progress.ts';
import type { Confirm, LeftBehind } from '../servers/target.ts';
import type { Suite } from '../suite/suite.ts';
import type { Phases } from './phases.ts';
import type { RunRequest } from './run-request.ts';
import type { RunStore } from './run-store.ts';

/** How to reach the server of a run with `keep`. */
export interface Kept {
  /** Database name of every arm, and the shell command that opens a session with it. */
  databases: readonly { name: string; connectCommand: string }[];
  /** One for each server. */
  stopCommands: readonly string[];
}

/** Where a run's findings and its progress go, what ends it, and who is asked when that is necessary. */
export interface RunContext {
  store: RunStore;
  progress: Progress;
  signal: AbortSignal;
  confirm: Confirm;
  onLeftBehind: (database: LeftBehind) => void;
  /** Is carried out on the seeded database, before it is copied for the arms. */
  onTemplate?: (site: TemplateSite) => Promise<void>;
}

/** The seeded database of a run, and what is about to be measured on copies of it. */
interface TemplateSite extends Site, Pick<RunRequest, 'baselines'>, Pick<Suite, 'reads'> {
  candidate: SqlFile;
  dataset: Dataset;
  phases: Phases;
}
