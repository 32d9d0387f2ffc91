import { expect, test } from 'vitest';
import type { AppliedStatement } from '../../model/candidate.ts';
import { sampleResult } from '../sample-result.fixture.ts';
import { migrationSection } from './migration.ts';

function lockCell(statement: Pick<AppliedStatement, 'locks' | 'locksHeld'>): string | undefined {
  const sample = sampleResult();
  const applied = { sql: 'VACUUM', durationMs: 1, rewritten: [], ...statement };
  const { tables } = migrationSection({
    ...sample,
    candidate: { ...sample.candidate, statements: [applied] },
  });
  return tables[0]?.rows[0]?.[2];
}

test('a lock is told with how it is known and how long it is held', () => {
  const [table, mode] = ['orders', 'ShareLock'];
  expect(lockCell({ locks: [{ table, mode }] })).toBe('Share on orders');
  expect(lockCell({ locks: [{ table, mode }], locksHeld: 'to the end of the transaction' })).toBe(
    'Share on orders',
  );
  expect(lockCell({ locks: [], locksHeld: 'while it runs' })).toBe('');
  const documented = { table: 'lines', mode, knownFrom: 'manual' } as const;
  expect(lockCell({ locks: [{ table, mode }, documented], locksHeld: 'while it runs' })).toBe(
    'Share on orders, Share (by the manual) on lines, while it runs',
  );
});

test('of many tables the number is told', () => {
  const locks = Array.from({ length: 12 }, (_, ordinal) => ({ table: `t${ordinal}`, mode: 'ShareLock' }));
  expect(lockCell({ locks })).toBe('Share on 12 tables');
});
