import type { Baseline } from '../model/arm.ts';
import type { Balance, Migration, MigrationVerdict } from '../model/migration.ts';
import { isNoisyRun } from '../model/noise.ts';
import type { Result } from '../model/result.ts';
import { balanceOf } from './balance.ts';
import { missedGoals, type MissedGoal } from './goals.ts';
import { costsOf, unasked, type Rows } from './migration-costs.ts';
import { balanceReasons, goalReason } from './migration-reasons.ts';
import { mixedStatements } from './mixed-statements.ts';

/** Rows with their verdicts, and what they are read with. */
type JudgedRows = Pick<Result, 'run' | 'reads' | 'writes' | 'canaries' | 'ledger'>;

/**
 * Judges the migration on the run's first baseline: on `shipped`, where it would be applied, unless only the other one
 * was asked for. It is to be shipped when the reads that it is made for become faster and 1,000 statements of the mix
 * take less time: when the whole interval of that is more than 0.
 */
export function judgeMigration(judged: JudgedRows): Migration | undefined {
  const [baseline] = judged.run.baselines;
  if (!baseline) return undefined;
  const rows: Rows = {
    reads: judged.reads.filter((row) => row.state === 'measured').filter((row) => row.baseline === baseline),
    writes: judged.writes
      .filter((row) => row.state === 'measured')
      .filter((row) => row.baseline === baseline),
  };
  if (rows.reads.length + rows.writes.length === 0) return undefined;
  const { mix, goals } = judged.run;
  const statements = mixedStatements(rows, mix);
  const balance = balanceOf(statements, mix);
  const missed = missedGoals(rows.reads, goals);
  const costs = costsOf(rows, judged.ledger);
  const verdict = verdictOf({ missed, balance, costs, isNoisy: isNoisyOn(baseline, judged) });
  const reasons = [
    ...goalReason(missed),
    ...balanceReasons(balance, statements, mix),
    ...leftOut(judged, baseline),
    ...costs,
    ...unasked(judged.ledger),
  ];
  return { baseline, verdict, reasons, mix, ...(balance && { balance }) };
}

/** Canaries of another baseline say nothing of this one. */
const isNoisyOn = (baseline: Baseline, { canaries }: JudgedRows): boolean =>
  isNoisyRun({ canaries: canaries.filter((canary) => canary.baseline === baseline) });

/** A mix of fewer statements than the suite has is another mix. */
function leftOut({ run, reads, writes }: JudgedRows, baseline: Baseline): string[] {
  const mixed = [...reads, ...writes].filter((row) => row.baseline === baseline && row.weight > 0);
  const failed = mixed.filter(({ state }) => state === 'failed');
  return [
    ...(run.only.length > 0 ? ['the mix is of the statements that --only names, and of no others'] : []),
    ...(failed.length > 0
      ? [`${failed.length} of ${mixed.length} statements of the mix could not be measured, and are left out`]
      : []),
  ];
}

interface Grounds {
  missed: readonly MissedGoal[];
  balance: Balance | undefined;
  costs: readonly string[];
  isNoisy: boolean;
}

function verdictOf({ missed, balance, costs, isNoisy }: Grounds): MigrationVerdict {
  if (isNoisy || !balance) return 'inconclusive';
  if (missed.some(({ isRuledOut }) => isRuledOut)) return 'do not ship';
  if (balance.netMs.high < 0) return 'do not ship';
  if (missed.length > 0 || balance.netMs.low <= 0) return 'inconclusive';
  return costs.length > 0 ? 'ship with cost' : 'ship';
}
