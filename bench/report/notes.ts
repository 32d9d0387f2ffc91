import { isSameWarning, NOISY, type Warning } from '../model/outcome.ts';
import type { Result } from '../model/result.ts';

/** A warning and the number by which rows refer to it. */
export interface Note extends Warning {
  number: number;
}

export type Row = Result['reads'][number] | Result['writes'][number];

const warningsOf = (row: Row): readonly Warning[] => (row.state === 'measured' ? row.warnings : []);

/** Each distinct warning of a result once: first those of the run, then those of its rows. */
export function notesOf(result: Result): Note[] {
  const all = [...result.warnings, ...[...result.reads, ...result.writes].flatMap(warningsOf)];
  return all
    .filter((warning, position) => all.findIndex((other) => isSameWarning(warning, other)) === position)
    .map((warning, position) => ({ ...warning, number: position + 1 }));
}

/** Notes of the run, and notes that say why a row is undecided. The verdict already says that the run is noisy. */
export function verdictNotes({ warnings }: Result, rows: readonly Row[], notes: readonly Note[]): Note[] {
  const touching = [...warnings, ...rows.filter(isUndecided).flatMap(warningsOf)];
  return notes.filter(
    (note) => note.code !== NOISY && touching.some((warning) => isSameWarning(note, warning)),
  );
}

const isUndecided = (row: Row): boolean =>
  row.state === 'measured' && (row.verdict === 'inconclusive' || row.verdict === 'unstable');

/** The rows that a note is about; none where it is about the run. */
export const rowsOf = (note: Note, rows: readonly Row[]): Row[] => rows.filter((row) => isAbout(note, row));

const isAbout = (note: Note, row: Row): boolean =>
  warningsOf(row).some((warning) => isSameWarning(note, warning));

/** The note numbers of a row: "1 3", or nothing. */
export const noteNumbers = (row: Row, notes: readonly Note[]): string =>
  notes
    .filter((note) => isAbout(note, row))
    .map(({ number }) => String(number))
    .join(' ');

/** A sentence for each row that could not be measured. */
export const failuresOf = (rows: readonly Row[]): string[] =>
  rows.flatMap((row) =>
    row.state === 'failed' ? [`failed: ${row.title} on ${row.baseline}: ${row.error.message}`] : [],
  );
