import { judge, type Measurements } from '../analyse/judge.ts';
import { judgeMigration } from '../analyse/migration.ts';
import { summarize } from '../analyse/summary.ts';
import type { Baseline } from '../model/arm.ts';
import type { Ledger } from '../model/ledger.ts';
import type { Warning } from '../model/outcome.ts';
import {
  SCHEMA_VERSION,
  type Candidate,
  type Concurrency,
  type Dataset,
  type OpportunityResult,
  type Result,
  type TableStorage,
} from '../model/result.ts';
import type { Environment, Run } from '../model/run.ts';
import type { Claim } from '../suite/claim.ts';
import type { ProbeAnswers } from './items/claim-probes.ts';
import { judgeClaims } from './judge-claims.ts';

/** A run as it was measured, before anything is judged. */
export interface MeasuredRun {
  /** As it was asked for. */
  run: Run;
  /** Those that are measured: of two that are the same, one. */
  baselines: Baseline[];
  environment: Environment;
  dataset: Dataset;
  candidate: Candidate;
  measured: Measurements & { concurrency: Concurrency[]; opportunities: OpportunityResult[] };
  storage: TableStorage[];
  ledger?: Ledger;
  warnings: Warning[];
}

/** Judges a run, all of it together, and says what came of it. Pure. */
export function assembleResult(
  measuredRun: MeasuredRun,
  claims: readonly Claim[],
  answers: ProbeAnswers,
): Result {
  const { baselines, environment, dataset, candidate, measured, storage, ledger, warnings } = measuredRun;
  const judgedRun = {
    schemaVersion: SCHEMA_VERSION,
    run: { ...measuredRun.run, baselines },
    environment,
    dataset,
    candidate,
    ...judge(measured),
    concurrency: measured.concurrency,
    opportunities: measured.opportunities,
    storage,
    ...(ledger && { ledger }),
    warnings,
  } as const;
  const migration = judgeMigration(judgedRun);
  const judged = {
    ...judgedRun,
    claims: judgeClaims(claims, judgedRun, answers),
    ...(migration && { migration }),
  };
  return { ...judged, summary: summarize(judged) };
}
