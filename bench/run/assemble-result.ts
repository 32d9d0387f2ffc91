import { judge, type Measurements } from '../analyse/judge.ts';
import { judgeStaying } from '../analyse/judge-staying.ts';
import { judgeMigration } from '../analyse/migration.ts';
import { withOtherPlans } from '../analyse/other-plans.ts';
import { roundWarnings } from '../analyse/round-warnings.ts';
import { judgeRounds } from '../analyse/rounds.ts';
import { sourceTimes, otherWork } from '../analyse/source-times.ts';
import { commonServerRatio } from '../analyse/server-ratio.ts';
import { summarize } from '../analyse/summary.ts';
import type { Baseline } from '../model/arm.ts';
import type { Ledger } from '../model/ledger.ts';
import type { YardstickMeasurement } from '../model/measurement.ts';
import type { Likeness } from '../model/likeness.ts';
import type { LongRun } from '../model/long-run.ts';
import type { Warning } from '../model/outcome.ts';
import type { Candidate } from '../model/candidate.ts';
import {
  SCHEMA_VERSION,
  type Concurrency,
  type Dataset,
  type OpportunityResult,
  type Result,
  type TableStorage,
} from '../model/result.ts';
import type { Round } from '../model/round.ts';
import type { Environment, Run } from '../model/run.ts';
import type { SourceFacts } from '../model/source.ts';
import type { ServerPair, TwoServers } from '../model/two-servers.ts';
import type { ReadDescription } from '../model/work-item.ts';
import type { Claim } from '../suite/claim.ts';
import type { ProbeAnswers } from './items/claim-probes.ts';
import { judgeClaims } from './judge-claims.ts';
import { timedInRounds } from './timed-in-rounds.ts';

/** A run as it was measured, before anything is judged. */
export interface MeasuredRun {
  /** As it was asked for. */
  run: Run;
  /** Those that are measured: of two that are the same, one. */
  baselines: Baseline[];
  environment: Environment;
  servers?: ServerPair;
  dataset: Dataset;
  source?: SourceFacts;
  likeness?: Likeness;
  candidate: Candidate;
  measured: Measurements & {
    yardsticks: YardstickMeasurement<ReadDescription>[];
    rounds: Round[];
    concurrency: Concurrency[];
    longRuns: LongRun[];
    opportunities: OpportunityResult[];
  };
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
  const { run, baselines, environment, servers, dataset, source, likeness } = measuredRun;
  const { candidate, measured, storage, ledger } = measuredRun;
  const rounds = judgeRounds(measured.rounds, timedInRounds(measured));
  const { apart, ...judgedRows } = judgeRows(
    run.outcome.state === 'complete' ? measured : timedOf(measured),
    servers,
  );
  const rows = withOtherPlans(judgedRows, likeness);
  const times = sourceTimes({ run: { ...run, baselines }, source, ...rows });
  const warnings = [...measuredRun.warnings, ...roundWarnings(rounds), ...otherWork(times)];
  const [longRun] = measured.longRuns;
  const judgedRun = {
    schemaVersion: SCHEMA_VERSION,
    run: { ...run, baselines },
    environment,
    ...(servers && { servers: { ...servers, ...apart } }),
    dataset,
    ...(source && { source, sourceTimes: times }),
    ...(likeness && { likeness }),
    candidate,
    ...rows,
    rounds,
    concurrency: measured.concurrency,
    ...(longRun && { longRun }),
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

/** What else is known of the servers after it: how far they are apart. */
function judgeRows(measured: MeasuredRun['measured'], servers: ServerPair | undefined): JudgedRows {
  if (servers?.arms === 'stay') return judgeStaying(measured);
  const ratio = commonServerRatio(measured.canaries);
  return { ...judge(measured), apart: { ...(ratio && { ratio }) } };
}

type JudgedRows = ReturnType<typeof judge> & { apart: Omit<TwoServers, keyof ServerPair> };

/** Without the items that no round has come to before the run ended. */
function timedOf({ reads, writes, canaries, yardsticks, ...others }: MeasuredRun['measured']) {
  const isTimed = (one: { state: string; pairs?: readonly unknown[] }): boolean =>
    one.state !== 'measured' || one.pairs?.length !== 0;
  return {
    ...others,
    reads: reads.filter(isTimed),
    writes: writes.filter(isTimed),
    canaries: canaries.filter(isTimed),
    yardsticks: yardsticks.filter(isTimed),
  };
}
