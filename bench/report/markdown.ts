import type { Result } from '../model/result.ts';
import { headingParts, incompleteness } from './heading.ts';
import { details } from './markdown-details.ts';
import { text } from './markdown-text.ts';
import { notesOf } from './notes.ts';
import { reportSections } from './sections/report-sections.ts';
import type { Column, Section, Table } from './sections/section.ts';

/**
 * The report as GitHub-flavoured Markdown.
 *
 * @param data where result.json is, relative to the report
 */
export function renderMarkdown(result: Result, data: string): string {
  const notes = notesOf(result);
  const warning = incompleteness(result);
  return (
    [
      `# What candidate ${text(result.candidate.name)} does to ${text(result.run.suite.title)}`,
      text(headingParts(result).join(' · ')),
      ...(warning === undefined ? [] : [`> **${text(warning)}**`]),
      '## Verdict',
      result.summary.map((sentence) => `- ${text(sentence)}`).join('\n'),
      ...reportSections(result, 'page').map(renderSection),
      ...(notes.length > 0
        ? [
            '## Notes',
            notes.map(({ number, cause, remedy }) => `${number}. ${text(cause)}; ${text(remedy)}`).join('\n'),
          ]
        : []),
      '## Every item',
      ...details(result),
      `All figures above are from [result.json](${data}).`,
    ].join('\n\n') + '\n'
  );
}

export function renderSection({ title, tables, remarks }: Section): string {
  const rendered = tables.map((table) => {
    const caption = table.caption === undefined ? '' : `### ${text(table.caption)}\n\n`;
    return `${caption}${renderTable(table)}`;
  });
  return [`## ${title}`, ...rendered, remarks.map((remark) => `- ${text(remark)}`).join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

export function renderTable({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(headingText)),
    line(columns.map(({ align }) => (align === 'left' ? '---' : '---:'))),
    ...rows.map((row) => line(row.map(text))),
  ].join('\n');
}

/** A page has no room above a heading for its group, nor below it for its unit. */
function headingText({ group, heading, unit }: Column): string {
  const name = [group, heading].filter((part) => part !== undefined).join(' ');
  return text([name, unit].filter((part) => part !== undefined).join(', '));
}
