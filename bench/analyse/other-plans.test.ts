import { expect, test } from 'vitest';
import type { Likeness } from '../model/likeness.ts';
import { judgeMigration } from './migration.ts';
import { withoutLedger } from './migration.fixture.ts';
import { withOtherPlans } from './other-plans.ts';
import { summarize } from './summary.ts';

const [first] = withoutLedger.reads;
const sql = first?.sql ?? '';

const likeness = (made: string): Likeness => ({
  ...{ columns: [], fanOuts: [], unplanned: [] },
  statements: [
    {
      ...{ sql, origin: 'queryid 1', rows: { source: 1, made: 1 } },
      signatures: { source: 'Seq Scan of leads', made },
      isSame: made === 'Seq Scan of leads',
    },
  ],
});

const judged = (of: Likeness) => {
  const result = { ...withOtherPlans(withoutLedger, of), likeness: of };
  return { ...result, migration: judgeMigration(result) };
};

test('a statement that the source plans otherwise decides nothing, and is named first', () => {
  const other = judged(likeness('Index Scan of leads'));
  expect(other.migration).toMatchObject({ verdict: 'inconclusive' });
  expect(other.migration?.reasons.join('\n')).toContain('planned otherwise in the source, and are left out');
  expect(summarize(other as never)[0]).toContain('not to be believed: Example 1, top leads;');
  expect(JSON.stringify(other.reads[0])).toContain('the source plans this as Seq Scan of leads');
});

test('one that the source plans alike is judged as on copied rows', () => {
  const alike = judged(likeness('Seq Scan of leads'));
  expect(alike.migration).toEqual(judgeMigration(withoutLedger));
  expect(summarize(alike as never)[0]).toContain('of 1 statement 1 is planned as in the source');
});
