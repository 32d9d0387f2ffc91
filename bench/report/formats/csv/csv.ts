import { stringify } from 'csv-stringify/sync';
import type { Result } from '../../../model/result.ts';
import { COLUMNS } from './columns.ts';
import { csvRows } from './rows.ts';

/**
 * Every item and baseline as a row with all its figures, for spreadsheets and scripts: CSV as RFC 4180 has it, with
 * a heading. Durations are in milliseconds, a speedup is before / after, an overhead a fraction. A text that a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
export const renderCsv = (result: Result): string =>
  stringify(
    csvRows(result).map((row) => COLUMNS.map((column) => row[column] ?? '')),
    { columns: [...COLUMNS], header: true, escape_formulas: true, record_delimiter: 'windows' },
  );
