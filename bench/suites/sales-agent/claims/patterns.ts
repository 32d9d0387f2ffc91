import type { ClaimEvidence } from '../../../model/claim.ts';
import type { Baseline } from '../../../model/arm.ts';
import type { Claim, JudgedRun } from '../../../suite/claim.ts';
import { counted } from '../../../format/quantity.ts';
import { notMeasurable, shareVerdict } from './evidence.ts';
import { measuredReads, noise, perBaseline } from './found.ts';
import { groups, type GroupedIndex } from './groups.ts';

/** The documented query patterns of a group of indexes use the indexes that they are documented for. */
const usedByPatterns = (
  statement: Pick<Claim, 'id' | 'section' | 'quote'>,
  indexes: readonly GroupedIndex[],
): Claim => ({
  ...statement,
  confirmedBy: `the plan after of each of the ${indexes.length} documented query patterns uses the index documented for it`,
  judge: perBaseline((found, baseline) => [usage(found, baseline, indexes)]),
});

function usage(found: JudgedRun, baseline: Baseline, indexes: readonly GroupedIndex[]): ClaimEvidence {
  const measured = indexes.flatMap(({ name, pattern }) =>
    measuredReads(found, [pattern], baseline).map(({ plans }) => ({ name, plans })),
  );
  if (measured.length < indexes.length)
    return notMeasurable(
      `measured ${measured.length} of ${counted(indexes.length, 'query pattern')}; --workload full measures all`,
      baseline,
    );
  const others = measured.filter(({ name, plans }) => !plans.after.indexes.includes(name));
  const used = measured.length - others.length;
  const exceptions = others.map(
    ({ name, plans }) =>
      `${name} is passed over for ${plans.after.indexes.join(' and ') || 'a sequential scan'}`,
  );
  return {
    baseline,
    text: [`${used} of ${measured.length} are used`, ...exceptions].join('; '),
    verdict: shareVerdict(used, measured.length),
  };
}

/** Every documented pattern is faster, and chance is ruled out. */
const allFaster: Claim = {
  id: 'all-patterns-faster',
  section: 'Conclusion',
  quote: 'Significant improvements across all query patterns',
  confirmedBy: 'every documented query pattern is faster; partly, when some are',
  judge: perBaseline((found, baseline) => {
    const ids = groups.all.map(({ pattern }) => pattern);
    const reads = measuredReads(found, ids, baseline);
    if (reads.length < ids.length)
      return [
        notMeasurable(
          `measured ${reads.length} of ${ids.length} patterns; --workload full measures all`,
          baseline,
        ),
      ];
    const faster = reads.filter(({ verdict }) => verdict === 'faster').length;
    const others = reads
      .filter(({ verdict }) => verdict !== 'faster')
      .map(({ title, verdict }) => `${title}: ${verdict}`);
    return [
      {
        baseline,
        text: [`${faster} of ${reads.length} are faster`, ...others].join('; ') + noise(reads),
        verdict: shareVerdict(faster, reads.length),
      },
    ];
  }),
};

/** What the tables of indexes say of the queries they are for. */
export const patternClaims = {
  foreignKeys: usedByPatterns(
    {
      id: 'foreign-keys-used',
      section: 'Added Foreign Key Indexes',
      quote: '`ix_social_media_activity_lead_id` | Join optimization with leads table',
    },
    groups.foreignKeys,
  ),
  timestamps: usedByPatterns(
    {
      id: 'timestamps-used',
      section: 'Timestamp Indexes (Descending)',
      quote: 'Timestamp Indexes (Descending)',
    },
    groups.timestamps,
  ),
  filters: usedByPatterns(
    { id: 'filters-used', section: 'Filtering Indexes', quote: 'Filtering Indexes' },
    groups.filters,
  ),
  composites: usedByPatterns(
    {
      id: 'composites-used',
      section: 'Low Priority: Composite Indexes',
      quote: 'Multi-column indexes for advanced query patterns',
    },
    groups.composites,
  ),
  allFaster,
} as const;
