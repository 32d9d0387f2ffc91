import { counted, significant } from '../../format/quantity.ts';
import { shortened } from '../../format/plain-text.ts';
import type { AppliedStatement } from '../../model/candidate.ts';
import type { Result } from '../../model/result.ts';
import { decimal, left, type Section } from './section.ts';

/** What each statement of the migration locked and rewrote, on the first baseline. */
export function migrationSection({ candidate: { statements = [] } }: Result): Section {
  const columns = [
    left('statement'),
    decimal('took', 'ms'),
    left('strongest lock'),
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
      'strongest lock: on each table that was there before, kept to the end of the transaction unless it says otherwise',
      'by the manual: gone before pg_locks was read again, so that the lock is the one that PostgreSQL documents',
    ],
  };
}

/** "ShareUpdateExclusive on orders, while it runs". */
function locksText({ locks, locksHeld }: AppliedStatement): string {
  const kinds = [...new Set(locks.map(kindOf))];
  const texts = kinds.map(
    (kind) => `${kind} on ${tablesText(locks.filter((lock) => kindOf(lock) === kind))}`,
  );
  const isShort = locks.length > 0 && locksHeld === 'while it runs';
  return [...texts, ...(isShort ? ['while it runs'] : [])].join(', ');
}

type Lock = AppliedStatement['locks'][number];

const kindOf = ({ mode, knownFrom }: Lock): string =>
  `${mode.replace(/Lock$/, '')}${knownFrom === 'manual' ? ' (by the manual)' : ''}`;

/** VACUUM may lock every table, one after another. */
const MOST_NAMED = 5;

const tablesText = (locks: readonly Lock[]): string =>
  locks.length > MOST_NAMED ? counted(locks.length, 'table') : locks.map(({ table }) => table).join(', ');
