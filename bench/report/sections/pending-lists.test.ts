import { expect, test } from 'vitest';
import { pendingListWarnings } from '../../analyse/pending-lists.ts';
import type { PendingList } from '../../model/counters.ts';
import type { Result } from '../../model/result.ts';
import { renderDigest } from '../formats/terminal/digest/digest.ts';
import { sampleResult } from '../sample-result.fixture.ts';
import { pendingListsSection } from './pending-lists.ts';

const LIST: PendingList = {
  index: 'ix_leads_tags',
  pages: 6,
  rows: 400,
  wal: { records: 90, bytes: 48_000, fullPageImages: 2, bytesWithoutImages: 40_000 },
  growthBytes: 16_384,
};

/** The sample with these lists after its first write, on both arms. */
function withLists(before: PendingList[], after: PendingList[]): Result {
  const sample = sampleResult();
  const [first, ...others] = sample.writes;
  if (first?.state !== 'measured' || !first.counters) throw new Error('the sample has a counted write');
  const counters = {
    before: { ...first.counters.before, pendingLists: before },
    after: { ...first.counters.after, pendingLists: after },
  };
  return { ...sample, writes: [{ ...first, counters }, ...others] };
}

const digestOf = (result: Result): string => renderDigest(result, { columns: 200, color: false });

test('a pending list has its pages, its rows, and what an execution has still to pay for it', () => {
  const { rows, ...unknown } = LIST;
  expect(rows).toBe(400);
  const { tables } = pendingListsSection(withLists([{ ...unknown, pages: 2 }], [LIST]));
  expect(tables.map(({ rows }) => rows)).toEqual([
    [
      ['UPDATE leads.updated_at', 'ix_leads_tags', 'before', '2', 'not known', '90', '100', '16,384'],
      ['UPDATE leads.updated_at', 'ix_leads_tags', 'after', '6', '400', '90', '100', '16,384'],
    ],
  ]);
  expect(pendingListsSection(sampleResult()).tables).toEqual([]);
});

test('what the candidate adds to pending lists is told on the terminal, and in a note of the write', () => {
  const result = withLists([], [LIST]);
  expect(digestOf(result)).toContain(
    'GIN on shipped: 6 pages pending after UPDATE leads.updated_at (ix_leads_tags), and 100 B of WAL later for each',
  );
  const [write] = result.writes;
  const [warning] = pendingListWarnings(write?.state === 'measured' ? write.counters : undefined);
  expect(warning?.cause).toContain('400 executions left 6 pages in the pending list of ix_leads_tags');
  expect(warning?.cause).toContain('logs 100 B more for each execution');
});

test('a list that was there before the candidate is none of its costs', () => {
  const result = withLists([LIST], [LIST]);
  expect(digestOf(result)).not.toContain('GIN on');
  const [write] = result.writes;
  expect(pendingListWarnings(write?.state === 'measured' ? write.counters : undefined)).toEqual([]);
});
