import { originText } from '../../../format/source-origin.ts';
import { counted } from '../../../format/quantity.ts';
import type { MigrationVerdict } from '../../../model/migration.ts';
import type { Result } from '../../../model/result.ts';
import type { SourceFacts } from '../../../model/source.ts';
import { measuredRows, type Row } from './comment-rows.ts';

const VERDICTS: Readonly<Record<MigrationVerdict, (candidate: string) => string>> = {
  ship: (candidate) => `${candidate} can ship`,
  'ship with cost': (candidate) => `${candidate} can ship, with a cost`,
  'do not ship': (candidate) => `${candidate} should not ship`,
  inconclusive: (candidate) => `Whether ${candidate} should ship is not known: the run is inconclusive`,
};

/** What is to be done with somebody's migration, as a sentence without its end. */
export const verdictSentence = ({ migration, candidate: { name } }: Result): string =>
  migration ? VERDICTS[migration.verdict](name) : `${name} was measured, and there is no verdict`;

export const isChanged = ({ row }: Row): boolean => row.verdict === 'faster' || row.verdict === 'slower';

/** How many of the statements become faster and slower: `Of 4 reads 2 become faster and none slower; of ...`. */
export function changesSentence(result: Result): string {
  const { reads, writes } = measuredRows(result);
  const parts = [
    ...(reads.length > 0 ? [partOf(reads, 'read')] : []),
    ...(writes.length > 0 ? [partOf(writes, 'write')] : []),
  ];
  const sentence = parts.join('; ');
  return sentence === '' ? '' : `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`;
}

function partOf(rows: readonly Row[], what: string): string {
  const how = (verdict: string): string =>
    String(rows.filter(({ row }) => row.verdict === verdict).length || 'none');
  return `of ${counted(rows.length, what)} ${how('faster')} become faster, ${how('slower')} slower`;
}

/** What the rows were, and how much of the source they do not have. */
export function rowsSentence(source: SourceFacts): string {
  const unlike = source.leftOut.length;
  const named = unlike === 0 ? '' : `; ${counted(unlike, 'thing')} not as there: the report names each`;
  return `Rows of ${originText(source)}${named}.`;
}
