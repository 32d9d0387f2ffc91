import type { Warning } from '../model/outcome.ts';
import type { Result } from '../model/result.ts';

/** A warning with the number that rows refer to it by. */
export interface Note extends Warning {
  number: number;
}

type Row = Result['reads'][number] | Result['writes'][number];

const warningsOf = (row: Row): readonly Warning[] => (row.state === 'measured' ? row.warnings : []);

/** Every different warning of a result once: those of the run, then those of its rows. */
export function notesOf(result: Result): Note[] {
  const all = [...result.warnings, ...[...result.reads, ...result.writes].flatMap(warningsOf)];
  const codes = [...new Set(all.map(({ code }) => code))];
  return codes.flatMap((code, position) => {
    const warning = all.find((candidate) => candidate.code === code);
    return warning ? [{ ...warning, number: position + 1 }] : [];
  });
}

/** The numbers that stand behind a row: "1 3", or nothing. */
export function noteNumbers(row: Row, notes: readonly Note[]): string {
  const codes = warningsOf(row).map(({ code }) => code);
  return notes
    .filter(({ code }) => codes.includes(code))
    .map(({ number }) => String(number))
    .join(' ');
}

/** A sentence for each row that could not be measured. */
export const failuresOf = (rows: readonly Row[]): string[] =>
  rows.flatMap((row) =>
    row.state === 'failed' ? [`failed: ${row.title} on ${row.baseline}: ${row.error.message}`] : [],
  );
