import { median } from '../../bench/model/averages.ts';
import type { Baseline } from '../../bench/model/arm.ts';
import { agreementOf, type Agreement } from './agreement.ts';
import type { Kind, Row } from './rows.ts';

/** Rows of one kind on one clock, of one baseline or of all. */
export interface GroupAgreement extends Agreement {
  kind: Kind;
  clock: Row['clock'];
  /** Undefined: all of them. */
  baseline: Baseline | undefined;
  /** The median over all rows of all runs, relative to the ratio. */
  halfWidth: number;
}

/** Of each kind on each clock: all rows, and those of each baseline where there are several. */
export function groupsOf(
  baselines: readonly Baseline[],
  runs: readonly (readonly Row[])[],
): GroupAgreement[] {
  const parts = baselines.length > 1 ? [undefined, ...baselines] : [undefined];
  return (['reads', 'writes'] as const).flatMap((kind) =>
    (['client', 'server'] as const).flatMap((clock) =>
      parts.flatMap((baseline) => groupOf({ kind, clock, baseline }, runs)),
    ),
  );
}

/** None where no run has such rows: not every server tells its own time. */
function groupOf(
  group: Pick<GroupAgreement, 'kind' | 'clock' | 'baseline'>,
  runs: readonly (readonly Row[])[],
): GroupAgreement[] {
  const { kind, clock, baseline } = group;
  const ofGroup = runs.map((rows) =>
    rows.filter(
      (row) =>
        row.kind === kind && row.clock === clock && (baseline === undefined || row.baseline === baseline),
    ),
  );
  const widths = ofGroup.flat().map(({ halfWidth }) => halfWidth);
  return widths.length === 0 ? [] : [{ ...group, ...agreementOf(ofGroup), halfWidth: median(widths) }];
}
