import type { IndexEffect } from '../../model/ledger.ts';
import { milliseconds, significant } from '../../format/quantity.ts';
import type { Result } from '../../model/result.ts';
import { measuredAccounts, recordsPerInsert } from './ledger.ts';
import { decimal, left, right, type Section } from './section.ts';

/** Indexes of the baseline that indexes of the candidate replace. */
export function redundancySection(result: Result): Section {
  const rows = measuredAccounts(result).flatMap((account) =>
    account.redundant.map(({ name, relation, bytes, effect }) => [
      name,
      relation,
      account.name,
      significant(bytes / 1024),
      recordsPerInsert(effect),
      slowerWithout(effect),
    ]),
  );
  return {
    title: 'Indexes made redundant',
    tables:
      rows.length > 0
        ? [
            {
              caption: undefined,
              columns: [
                left('index of the baseline'),
                left('has'),
                left('of'),
                decimal('size', 'kB'),
                right('WAL per INSERT'),
                left('slower without it'),
              ],
              rows,
            },
          ]
        : [],
    remarks: [
      'each was dropped beside the whole candidate, and every read whose plan changed was timed again',
    ],
  };
}

function slowerWithout({ reads }: IndexEffect): string {
  const slower = reads.filter(({ estimate }) => estimate.low > 1);
  if (slower.length === 0) return reads.length === 0 ? 'nothing: no plan changes' : 'nothing';
  return slower
    .map(
      ({ title, after, before }) =>
        `${title}: ${milliseconds(before.durationMs.point)} for ${milliseconds(after.durationMs.point)}`,
    )
    .join('; ');
}
