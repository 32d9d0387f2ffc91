import { significant } from '../../format/quantity.ts';
import { shortened } from '../../format/plain-text.ts';
import type { AppliedStatement } from '../../model/candidate.ts';
import type { Result } from '../../model/result.ts';
import { decimal, left, type Section } from './section.ts';

/** What each statement of the migration locked and rewrote, on the first baseline. */
export function migrationSection({ candidate: { statements = [] } }: Result): Section {
  const columns = [
    left('statement'),
    decimal('took', 'ms'),
    left('lock, until the end'),
    left('rows rewritten of'),
  ];
  const rows = statements.map((statement) => [
    shortened(statement.sql, 80),
    significant(statement.durationMs),
    locksText(statement),
    statement.rewritten.join(', '),
  ]);
  return {
    title: 'Migration',
    tables: rows.length > 0 ? [{ caption: undefined, columns, rows }] : [],
    remarks: [
      'lock: the strongest on a table that was there before, and kept to the end of the transaction; a statement outside of a transaction keeps none',
    ],
  };
}

const locksText = ({ locks }: AppliedStatement): string =>
  locks.map(({ table, mode }) => `${mode.replace(/Lock$/, '')} on ${table}`).join(', ');
