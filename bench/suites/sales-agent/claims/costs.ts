import type { Baseline } from '../../../model/arm.ts';
import type { ClaimEvidence, ClaimVerdict } from '../../../model/claim.ts';
import { counted, overheadText } from '../../../format/quantity.ts';
import type { MeasuredWrite } from '../../../model/item-result.ts';
import type { Claim } from '../../../suite/claim.ts';
import { writes as items } from '../writes.ts';
import { notMeasurable, opinion } from './evidence.ts';
import { measuredWrites, noise, perBaseline } from './found.ts';

/** The overhead that the document promises to stay under. */
const PROMISED = 0.05;

type Operation = MeasuredWrite['operation'];

const RULE =
  'the 95 % interval of every overhead lies below 5 %; refuted, when some lie above and none below; partly, when some lie above and some below; an interval that holds 5 % decides nothing';

/** An interval that holds 5 % says neither. */
function overheadEvidence(
  writes: readonly MeasuredWrite[],
  operations: readonly Operation[],
  baseline: Baseline,
): ClaimEvidence {
  const kind = operations.join(', ');
  if (writes.length === 0)
    return notMeasurable(`no ${kind} was measured; --workload headline has some`, baseline);
  const below = writes.filter(({ estimate }) => estimate.high < PROMISED).length;
  const above = writes.filter(({ estimate }) => estimate.low >= PROMISED).length;
  const across = writes.length - below - above;
  const most = writes.toSorted((a, b) => b.estimate.point - a.estimate.point)[0];
  const text = [
    `${counted(writes.length, `${kind} item`)}: ${below} below 5 %, ${above} above, ${across} across it`,
    ...(most ? [`most ${overheadText(most.estimate)} (${most.title})`] : []),
    ...onServer(writes),
    ...(above === 0 && across > 0 ? ['a longer --budget tells on which side those across lie'] : []),
  ].join('; ');
  const verdict = verdictOn(below, above, across);
  const missing = missingOf(writes, operations);
  // What those that are missing would say decides.
  if (verdict !== 'partly' && missing > 0)
    return notMeasurable(
      `${text}; ${missing} more were not measured, --workload headline has them`,
      baseline,
    );
  return { baseline, text: text + noise(writes), verdict };
}

/** Items that every run measures that is not confined to some by --only. */
function missingOf(writes: readonly MeasuredWrite[], operations: readonly Operation[]): number {
  const measured = new Set(writes.map(({ id }) => id));
  return items.filter(
    ({ id, workload, operation }) =>
      workload !== 'full' && operations.includes(operation) && !measured.has(id),
  ).length;
}

function verdictOn(below: number, above: number, across: number): ClaimVerdict {
  if (above > 0) return below > 0 ? 'partly' : 'refuted';
  return across > 0 ? 'not measurable here' : 'confirmed';
}

/** Commit and client take the same before and after, and dilute what the indexes cost the server. */
function onServer(writes: readonly MeasuredWrite[]): string[] {
  const estimates = writes.flatMap(({ server }) => (server ? [server.estimate] : []));
  if (estimates.length === 0) return [];
  const above = estimates.filter(({ low }) => low >= PROMISED).length;
  return [`as the server times them ${above} of ${estimates.length} lie above`];
}

const byOperation: Claim = {
  id: 'write-overhead',
  section: 'Write Performance Impact',
  quote: '<5% increase in INSERT/UPDATE time',
  confirmedBy: RULE,
  judge: perBaseline((found, baseline) =>
    (['INSERT', 'UPDATE'] as const).map((operation) =>
      overheadEvidence(measuredWrites(found, [operation], baseline), [operation], baseline),
    ),
  ),
};

const ALL: readonly Operation[] = ['INSERT', 'UPDATE', 'DELETE', 'COPY'];

const overall: Claim = {
  id: 'write-overhead-overall',
  section: 'Conclusion',
  quote: '**Minimal write overhead** (<5%)',
  confirmedBy: `of all writes measured, ${RULE}`,
  judge: perBaseline((found, baseline) => {
    const writes = measuredWrites(found, ALL, baseline);
    return [overheadEvidence(writes, ALL, baseline)];
  }),
};

const scalable: Claim = {
  id: 'scalable-foundation',
  section: 'Conclusion',
  quote: '**Scalable foundation** for future growth',
  confirmedBy: 'nothing that can be measured: the document does not say what it would be',
  judge: opinion('an opinion; what grows with the tables is seen by comparing runs at several --scale'),
};

/** What the indexes are said to cost those who write. */
export const costClaims = { byOperation, overall, scalable } as const;
