import type { IndexEffect } from '../../model/ledger.ts';
import { significant } from '../../format/quantity.ts';
import type { Result } from '../../model/result.ts';
import { measuredAccounts } from './ledger.ts';
import { left, right, type Section } from './section.ts';

/** Whether the costs of the single indexes add up to the candidate's. */
export function additionSection(result: Result): Section {
  const accounts = measuredAccounts(result);
  const sum = (id: string, role: 'alone' | 'last'): number =>
    accounts.reduce(
      (total, account) => total + moreRecords(account[role].writes.find((write) => write.id === id)),
      0,
    );
  const rows = (result.ledger?.whole ?? []).map((write) => [
    write.title,
    significant(sum(write.id, 'alone')),
    significant(sum(write.id, 'last')),
    significant(moreRecords(write)),
  ]);
  return {
    title: 'WAL records, added up',
    tables:
      rows.length > 0
        ? [
            {
              caption: undefined,
              columns: [
                left('write'),
                right('single indexes, alone'),
                right('single indexes, last'),
                right('whole candidate'),
              ],
              rows,
            },
          ]
        : [],
    remarks: [
      'records more than before, of the executions counted, the same in every account; the writes to a table follow one another on the same copies here, so that an UPDATE differs from the one counted by itself',
      'an INSERT pays each index by itself, so that the single ones add up; an UPDATE that stays HOT pays none and one that does not pays all: the first index on a changed column costs the most alone, and every other costs more as the last',
    ],
  };
}

type Write = IndexEffect['writes'][number];

const moreRecords = (write: Write | undefined): number =>
  write?.counters ? write.counters.after.steady.records - write.counters.before.steady.records : 0;
