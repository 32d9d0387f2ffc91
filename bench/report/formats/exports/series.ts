import { ownBytes } from '../../../model/counters.ts';
import type { Estimate } from '../../../model/estimate.ts';
import { plainText, shortened, inSentence } from '../../../format/plain-text.ts';
import type { MeasuredRead, MeasuredWrite, Result } from '../../../model/result.ts';

/** What a tracker follows from run to run: one measured row under a name that stays the same. */
export interface Series {
  /** "shipped/example-1": baseline and id. A tracker may show it as Markdown or HTML: nothing in it is either. */
  name: string;
  title: string;
  kind: 'read' | 'write';
  row: MeasuredRead | MeasuredWrite;
  /** Bytes of its own that one execution writes to the log after the candidate: exact. Undefined where not counted. */
  walBytes: number | undefined;
}

/** Bytes of all indexes on one baseline after the candidate: exact. */
export interface IndexSize {
  name: string;
  bytes: number;
}

const MOST_CHARACTERS = 200;

const nameOf = (baseline: string, id: string): string =>
  `${baseline}/${shortened(id, MOST_CHARACTERS).replace(/[^\w.-]+/g, '-')}`;

/** Titles are for people: one line, and not longer than anybody reads. */
const titleOf = (title: string): string => inSentence(shortened(plainText(title), MOST_CHARACTERS));

/** Every row that was measured; one that was not is no zero, it is absent. */
export function seriesOf({ reads, writes }: Result): Series[] {
  return [
    ...reads.flatMap((row): Series[] =>
      row.state === 'measured' ? [{ ...head(row), kind: 'read', row, walBytes: undefined }] : [],
    ),
    ...writes.flatMap((row): Series[] =>
      row.state === 'measured' ? [{ ...head(row), kind: 'write', row, walBytes: walBytesOf(row) }] : [],
    ),
  ];
}

const head = ({ baseline, id, title }: MeasuredRead | MeasuredWrite): Pick<Series, 'name' | 'title'> => ({
  name: nameOf(baseline, id),
  title: titleOf(title),
});

function walBytesOf({ counters }: MeasuredWrite): number | undefined {
  if (!counters || counters.after.executions === 0) return undefined;
  return ownBytes(counters.after.steady) / counters.after.executions;
}

export const indexSizes = ({ run, storage }: Result): IndexSize[] =>
  run.baselines.flatMap((baseline) => {
    const tables = storage.filter((table) => table.baseline === baseline);
    const bytes = tables.reduce((sum, { after }) => sum + after.indexBytes, 0);
    return tables.length > 0 ? [{ name: nameOf(baseline, 'indexes'), bytes }] : [];
  });

/** Whether JSON can hold the numbers, which it cannot beyond the largest one. */
export const isFinite = ({ point, low, high }: Pick<Estimate, 'point' | 'low' | 'high'>): boolean =>
  [point, low, high].every(Number.isFinite);
