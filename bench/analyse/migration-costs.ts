import type { Recommendation } from '../model/ledger.ts';
import { counted, overheadText, ratioText } from '../format/quantity.ts';
import type { MeasuredRead, MeasuredWrite, Result } from '../model/result.ts';
import { inSentence } from '../format/plain-text.ts';

/** What was measured on the one baseline that the migration is judged on. */
export interface Rows {
  reads: MeasuredRead[];
  writes: MeasuredWrite[];
}

/** What ships with it: dearer statements, and indexes that earn nothing. */
export function costsOf({ reads, writes }: Rows, ledger: Result['ledger']): string[] {
  const slower = [
    ...reads.map((row) => ({ ...row, factor: 1 / row.estimate.point, text: ratioText(row.estimate) })),
    ...writes.map((row) => ({ ...row, factor: 1 + row.estimate.point, text: overheadText(row.estimate) })),
  ]
    .filter(({ verdict }) => verdict === 'slower')
    .toSorted((a, b) => b.factor - a.factor);
  const [worst] = slower;
  const idle = recommended(ledger, ['drop', 'merge with']);
  return [
    ...(worst
      ? [
          `${slower.length} of ${counted(reads.length + writes.length, 'statement')} ${slower.length === 1 ? 'becomes' : 'become'} slower, most of all ${inSentence(worst.title)} (${worst.text})`,
        ]
      : []),
    ...(idle.length > 0
      ? [`${idle.length} of ${indexesOf(ledger)} can be left out: ${idle.map(({ name }) => name).join(', ')}`]
      : []),
  ];
}

/** A workload that asks for an index in no statement says nothing of it, and least of all that it is of no use. */
export function unasked(ledger: Result['ledger']): string[] {
  const { length } = recommended(ledger, ['not exercised by this workload']);
  return length > 0 ? [`nothing that was measured asks for ${length} of ${indexesOf(ledger)}`] : [];
}

const indexesOf = (ledger: Result['ledger']): string =>
  counted(ledger?.accounts.length ?? 0, 'index', 'indexes');

const recommended = (ledger: Result['ledger'], actions: readonly Recommendation['action'][]) =>
  (ledger?.accounts ?? []).filter(
    (account) => account.state === 'measured' && actions.includes(account.recommendation.action),
  );
