import { ownBytes } from '../../../model/counters.ts';
import type { Estimate } from '../../../model/estimate.ts';
import { plainText, shortened, inSentence } from '../../../format/plain-text.ts';
import type { MeasuredRead, MeasuredWrite } from '../../../model/item-result.ts';
import type { Result } from '../../../model/result.ts';

/** One series of a tracker: a measured row under a name that stays the same from run to run. */
export interface Series {
  /** "shipped/example-1": baseline and id. It contains nothing that is Markdown or HTML. */
  name: string;
  title: string;
  kind: 'read' | 'write';
  row: MeasuredRead | MeasuredWrite;
  /** WAL bytes of one execution after the candidate: exact. Undefined where not counted. */
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

/** Titles are for people: one line of limited length. */
const titleOf = (title: string): string => inSentence(shortened(plainText(title), MOST_CHARACTERS));

/** Every measured row. A row that was not measured is absent, not zero. */
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

/** Whether JSON can hold the numbers: infinity and NaN it cannot. */
export const isFinite = ({ point, low, high }: Pick<Estimate, 'point' | 'low' | 'high'>): boolean =>
  [point, low, high].every(Number.isFinite);
