import { isNoisyRun } from '../../../../model/noise.ts';
import { inSentence, plainText } from '../../../../format/plain-text.ts';
import { counted } from '../../../../format/quantity.ts';
import type { Result } from '../../../../model/result.ts';
import { headingParts, incompleteness } from '../../../heading.ts';
import { failuresOf, notesOf, rowsOf, verdictNotes, type Note, type Row } from '../../../notes.ts';
import { stylesFor } from '../terminal-style.ts';
import type { Screen } from '../terminal.ts';
import { legend } from '../../../verdict-mark.ts';
import { wrap } from '../wrap.ts';
import { factsOf } from './facts.ts';
import { readLines } from './reads.ts';
import { shownRows, type View } from './view.ts';
import { linesIn, twoLines, withinLines } from './lines.ts';
import { writeLines } from './writes.ts';

/** So that the digest and the files named after it fill a screen of 80 lines. */
const MOST_LINES = 76;

/** Lines for failures and notes, however long the rest is. */
const LEAST_ROOM = 6;

/** Lines of 120 columns: with its heading and the files, the verdict takes 12. */
const VERDICT_LINES = 7;

/**
 * What a terminal shows of a result: the statements of the mix, a line or two about everything else, and the verdict
 * last, where it is still visible when the program has ended. `renderTerminal` and the files have the whole report.
 */
export function renderDigest(result: Result, { columns, color }: Screen): string {
  const styles = stylesFor(color);
  const width = Math.max(60, columns) - 1;
  const paragraph = (text: string, indent = '  '): string => wrap(plainText(text), width, indent);
  const [reads, writes] = [shownRows(result, result.reads), shownRows(result, result.writes)];
  const rows = [...reads.shown, ...writes.shown];
  const notes = verdictNotes(result, rows, notesOf(result));
  const view: View = { result, width, styles };
  const warning = incompleteness(result);
  const measured = [
    paragraph(['index-impact', ...headingParts(result)].join('   '), ''),
    ...readLines(view, reads.shown),
    ...writeLines(view, writes.shown),
    ...legend(rows, 'side by side').map((line) => styles.dim(paragraph(line))),
    '',
    ...factsOf(result, reads, writes, width).map(({ name, text }) => paragraph(`${name}: ${text}`, '')),
  ];
  const verdict = [
    '',
    styles.bold('Verdict'),
    ...verdictLines(
      [...(warning === undefined ? [] : [warning]), ...verdictSentences(result)].map((text) =>
        paragraph(text),
      ),
      Math.max(VERDICT_LINES, Math.ceil((VERDICT_LINES * 119) / width)),
    ),
    '',
  ];
  const room = Math.max(LEAST_ROOM, MOST_LINES - linesIn([...measured, ...verdict]));
  const failures = failuresOf(rows).map((text) => paragraph(text, ''));
  const noted = notes.map((note) => paragraph(noteText(note, rowsOf(note, rows)), ''));
  return [...measured, ...reasonLines(failures, noted, room), ...verdict].join('\n');
}

/** What could not be measured, then why rows are undecided: failures take at most half of the lines. */
function reasonLines(failures: readonly string[], notes: readonly string[], most: number): string[] {
  const failed = withinLines(failures.map(twoLines), Math.floor(most / 2), 'failures');
  return [...failed, ...withinLines(notes.map(twoLines), most - linesIn(failed), 'notes')];
}

const verdictLines = (sentences: readonly string[], most: number): string[] =>
  linesIn(sentences) <= most ? [...sentences] : withinLines(sentences.map(twoLines), most, 'reasons', '  ');

/** "Note 3, Simple FK join on bare: ...", with the number that it has in the report. */
function noteText({ number, cause, remedy }: Note, rows: readonly Row[]): string {
  const named = rows.map(({ title, baseline }) => `${inSentence(title)} on ${baseline}`).join(' and ');
  const about = rows.length > MOST_NAMED ? counted(rows.length, 'row') : named;
  return `Note ${number}${about && `, ${about}`}: ${cause}; ${remedy}`;
}

const MOST_NAMED = 2;

/**
 * The verdict: how far made rows are like the source's, whether the run is noisy, then a sentence for each reason. Without a verdict on
 * the migration, the summary.
 */
function verdictSentences(result: Result): readonly string[] {
  const { summary, migration, likeness } = result;
  const before = (likeness ? 1 : 0) + (isNoisyRun(result) ? 1 : 0);
  return migration ? summary.slice(0, before + migration.reasons.length) : summary;
}
