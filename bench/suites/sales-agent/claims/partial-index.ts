import { bytes } from '../../../format/quantity.ts';
import type { ClaimEvidence } from '../../../model/claim.ts';
import type { Claim, ProbeAnswer } from '../../../suite/claim.ts';
import { sql } from '../sql.ts';
import { byAnswers, byRows, figure, judged } from './evidence.ts';
import { blocksRead, explainBlocks } from './explained.ts';

const INDEX = 'ix_leads_score_created';
const EXAMPLE = explainBlocks(sql('queries/example-1.sql'));

/** Makes the full index beside the partial one, then leaves it alone; each query twice, the first reads catalogs. */
const againstFull = [
  'BEGIN',
  'CREATE INDEX claim_full ON leads (qualification_score DESC, created_at DESC)',
  `SELECT pg_relation_size('${INDEX}') AS "partial", pg_relation_size('claim_full') AS "full"`,
  'DROP INDEX claim_full',
  EXAMPLE,
  EXAMPLE,
  'ROLLBACK',
  'BEGIN',
  `DROP INDEX ${INDEX}`,
  'CREATE INDEX claim_full ON leads (qualification_score DESC, created_at DESC)',
  EXAMPLE,
  EXAMPLE,
  'ROLLBACK',
];

function smaller([, , sizes]: readonly ProbeAnswer[]): ClaimEvidence {
  const [partial, full] = [figure(sizes, 'partial'), figure(sizes, 'full')];
  return judged(partial < full, `${bytes(partial)}, ${bytes(full)} without the condition`);
}

function faster(answers: readonly ProbeAnswer[]): ClaimEvidence {
  const [partial, full] = [blocksRead(answers[5]), blocksRead(answers[11])];
  return judged(
    partial < full,
    `Example 1 reads ${partial} blocks with the partial index, ${full} with a full one: the condition wins the query ${partial < full ? 'some' : 'nothing'}`,
  );
}

const reduces: Claim = {
  id: 'partial-index-smaller',
  section: 'Composite Indexes',
  quote: 'This reduces index size by excluding NULL scores.',
  confirmedBy: 'an index on the same columns without the condition is larger',
  probe: againstFull,
  judge: byAnswers((answers) => [smaller(answers)]),
};

const improves: Claim = {
  id: 'partial-index-performance',
  section: '4. Partial Indexes',
  quote: 'Reduces index size and improves performance',
  confirmedBy:
    'a full index is larger, and Example 1 reads more blocks with it; partly, when only one of both holds',
  probe: againstFull,
  judge: byAnswers((answers) => [smaller(answers), faster(answers)]),
};

const excludesNull: Claim = {
  id: 'partial-index-condition',
  section: '4. Partial Indexes',
  quote: 'Used for `ix_leads_score_created` to exclude NULL values',
  confirmedBy: 'the index has the condition that qualification_score is not NULL',
  probe: [
    `SELECT pg_get_expr(indpred, indrelid) AS condition FROM pg_index WHERE indexrelid = '${INDEX}'::regclass`,
  ],
  judge: byRows(([row]) => [
    judged(
      row?.condition === '(qualification_score IS NOT NULL)',
      `the condition is ${row?.condition ?? 'missing'}`,
    ),
  ]),
};

/** What the document says of the one partial index. */
export const partialIndexClaims = { reduces, improves, excludesNull } as const;
