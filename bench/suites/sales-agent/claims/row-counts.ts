import { count, counted } from '../../../format/quantity.ts';
import type { Claim } from '../../../suite/claim.ts';
import { judged, notMeasurable } from './evidence.ts';
import { isDocumentedSize, otherSize } from './found.ts';

type Place = Pick<Claim, 'id' | 'section' | 'quote'>;

/** The tables of a query have as many rows as the document says. */
export const rowsClaim = ({ id, section, quote }: Place, rows: number, tables: readonly string[]): Claim => ({
  id: `${id}-rows`,
  section,
  quote,
  confirmedBy: `at scale 1 the run has ${count(rows)} rows in ${tables.join(' and ')}, as the document; how many the application had cannot be known`,
  judge: (found) => {
    if (!isDocumentedSize(found)) return [notMeasurable(otherSize(found))];
    const loads = found.dataset.tables.filter(({ table }) => tables.includes(table));
    if (loads.length === 0) return [notMeasurable('this run ended before its tables were loaded')];
    return loads.map((load) => judged(load.rows === rows, `${load.table} has ${counted(load.rows, 'row')}`));
  },
});
