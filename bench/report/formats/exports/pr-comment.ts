import { isNoisyRun, isQuiet } from '../../../model/noise.ts';
import { shortened, inSentence } from '../../../format/plain-text.ts';
import { counted } from '../../../format/quantity.ts';
import type { Result } from '../../../model/result.ts';
import { incompleteness } from '../../heading.ts';
import { folded } from '../markdown/markdown-details.ts';
import { block, text } from '../markdown/markdown-text.ts';
import { renderTable } from '../markdown/markdown.ts';
import { notesOf } from '../../notes.ts';
import { commentMarker } from './comment-marker.ts';
import { rankedRows } from './comment-rows.ts';
import { changesSentence, isChanged, rowsSentence, verdictSentence } from './try-lead.ts';

/** The longest comment that GitHub takes, in characters. */
const MOST_CHARACTERS = 65_536;

const SENTENCES_FIRST = 3;
const MOST_LISTED = 5;
const MOST_IN_SENTENCE = 400;

/**
 * The body of a comment on a pull request: verdict first, short. Its first line is invisible and equal for every run
 * about the same.
 *
 * @param page https address of the whole report; undefined: the comment names the run's directory
 * @param topic what the run is about @default the suite
 */
export const renderPrComment = (result: Result, page?: string, topic = result.run.suite.name): string =>
  `${commentMarker(topic)}\n${commentBody(result, page)}`;

/** The same without that line: the summary of a CI step. */
export function commentBody(result: Result, page?: string): string {
  const whole = parts(result, page, [rest(result)]);
  return whole.length < MOST_CHARACTERS - 200 ? whole : parts(result, page, []);
}

function parts(result: Result, page: string | undefined, rest: readonly string[]): string {
  const { run, source, summary } = result;
  const warning = incompleteness(result);
  return (
    [
      source ? triedHeading(result) : suiteHeading(result),
      ...(warning === undefined ? [] : [`> **${sentence(warning)}**`]),
      ...(source ? [sentence(`${changesSentence(result)} ${rowsSentence(source)}`)] : []),
      bullets(summary.slice(0, SENTENCES_FIRST).map(sentence)),
      ...(source ? changes(result) : mostImportant(result)),
      bullets([canaries(result), ...missing(result)]),
      ...rest,
      whereabouts(result, page),
      block(shortened(run.command, 1_000), 'sh'),
    ]
      .filter((part) => part !== '')
      .join('\n\n') + '\n'
  );
}

const suiteHeading = (result: Result): string =>
  `### index-impact: ${verdictOf(result)}, candidate ${sentence(result.candidate.name)} on ${sentence(result.run.suite.title)}`;

/** Of somebody's migration the reader knows the suite. */
const triedHeading = (result: Result): string =>
  `### ${sentence(verdictSentence(result))}${isNoisyRun(result) ? ' (noisy)' : ''}`;

function mostImportant(result: Result): string[] {
  const { most } = rankedRows(result);
  const on = result.migration?.baseline ?? result.run.baselines[0] ?? '';
  return most.rows.length > 0 ? [`On ${on}, what matters most:`, renderTable(most)] : [];
}

function changes(result: Result): string[] {
  const { most } = rankedRows(result, isChanged);
  return most.rows.length > 0 ? [renderTable(most)] : [];
}

/** A verdict of a noisy run never appears without its warning. */
function verdictOf(result: Result): string {
  const verdict = result.migration?.verdict ?? 'no verdict';
  return isNoisyRun(result) ? `${verdict} (noisy)` : verdict;
}

const sentence = (data: string): string => text(shortened(data, MOST_IN_SENTENCE));

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

/** Whether the run is reliable: said before its results. */
function canaries({ canaries }: Result): string {
  if (canaries.length === 0) return 'No canary was measured: it is not known how quiet the machine was.';
  const quiet = canaries.filter(isQuiet).length;
  if (quiet === canaries.length)
    return `Canaries: ${quiet} of ${quiet} quiet; two copies without the candidate measure alike.`;
  return `**Canaries: only ${quiet} of ${canaries.length} quiet.** Repeat the run on a quieter machine before you rely on its times.`;
}

/** Items that could not be measured: they are in no table. */
function missing({ reads, writes }: Result): string[] {
  const failed = [...reads, ...writes].flatMap((row) =>
    row.state === 'failed' ? [`${inSentence(row.title)} on ${row.baseline}: ${row.error.message}`] : [],
  );
  if (failed.length === 0) return [];
  const more = failed.length - MOST_LISTED;
  const listed = failed.slice(0, MOST_LISTED).map((line) => sentence(line));
  const last = more > 0 ? [`and ${more} more`] : [];
  return [`**Not measured, and in no table: ${failed.length}.** ${[...listed, ...last].join('; ')}`];
}

/** The other sentences, the next rows and the notes, for readers who want to know more. */
function rest(result: Result): string {
  const { rest, omitted } = rankedRows(result, result.source ? isChanged : undefined);
  const notes = notesOf(result);
  const more = [
    ...notes.slice(0, MOST_LISTED).map(({ cause, remedy }) => sentence(`${cause}; ${remedy}`)),
    ...inReport(notes.length - MOST_LISTED, 'note'),
    ...inReport(omitted, 'row'),
  ];
  const content = [
    bullets(result.summary.slice(SENTENCES_FIRST, SENTENCES_FIRST + 10).map(sentence)),
    ...(rest.rows.length > 0 ? [renderTable(rest)] : []),
    bullets(more),
  ].filter((part) => part !== '');
  return content.length > 0 ? folded('More of it', content) : '';
}

const inReport = (count: number, what: string): string[] =>
  count > 0 ? [`in the report: ${counted(count, `more ${what}`)}`] : [];

function whereabouts({ run }: Result, page: string | undefined): string {
  const file = `\`${run.id}/result.json\``;
  const place =
    page === undefined
      ? `The whole report is ${file}.`
      : `The whole report is ${file} of [this run](${page}).`;
  return `${place} To repeat it:`;
}
