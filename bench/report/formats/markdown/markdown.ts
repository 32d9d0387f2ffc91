import type { Result } from '../../../model/result.ts';
import { type Figures, figuresOf } from '../../figures/figures.ts';
import { gateAdvice, gateSections, type NightContext } from '../../gate-sections.ts';
import { headingParts, incompleteness } from '../../heading.ts';
import { details } from './markdown-details.ts';
import { block, text } from './markdown-text.ts';
import { notesOf } from '../../notes.ts';
import { reportSections } from '../../sections/report-sections.ts';
import type { Column, Section, Table } from '../../sections/section.ts';
import { shortened } from '../../../format/plain-text.ts';
import type { Figure } from '../../figures/figure.ts';

/**
 * The report as GitHub-flavoured Markdown.
 *
 * @param data path of result.json relative to the report; the figures are in a folder beside it
 */
export function renderMarkdown(
  result: Result,
  data: string,
  figures: Figures = figuresOf(result),
  night?: NightContext,
): string {
  const folder = data.replace(/[^/]*$/, 'figures/');
  const notes = notesOf(result);
  const warning = incompleteness(result);
  return (
    [
      `# What candidate ${text(result.candidate.name)} does to ${text(result.run.suite.title)}`,
      text(headingParts(result).join(' · ')),
      ...(warning === undefined ? [] : [`> **${text(warning)}**`]),
      ...(night ? nightParts(night) : []),
      ...(result.summary.length > 0
        ? ['## Verdict', result.summary.map((sentence) => `- ${text(sentence)}`).join('\n')]
        : []),
      ...(figures.history ? ['## History', image(figures.history, folder)] : []),
      ...reportSections(result, 'page').map((section) =>
        renderSection(
          section,
          (figures.sections[section.title] ?? []).map((figure) => image(figure, folder)),
        ),
      ),
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

export function renderSection(
  { title, tables, remarks, again }: Section,
  pictures: readonly string[] = [],
): string {
  const rendered = tables.map((table) => {
    const caption = table.caption === undefined ? '' : `### ${text(table.caption)}\n\n`;
    return `${caption}${renderTable(table)}`;
  });
  const remarkLines = remarks.map((remark) => `- ${text(remark)}`).join('\n');
  const command = again === undefined ? [] : ['Again:', block(again, 'sh')];
  return [`## ${title}`, ...rendered, remarkLines, ...command, ...pictures]
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

/** The gate's answer comes first in the report of a nightly run. */
const nightParts = (night: NightContext): string[] => [
  `## Compared with the nights before: ${night.gate.state}`,
  adviceList(night),
  ...gateSections(night.gate, 'page').map((section) => renderSection(section).replace(/^#/, '##')),
];

export const adviceList = (night: NightContext): string =>
  gateAdvice(night)
    .map(({ sentence, command }) =>
      command === undefined ? `- ${text(sentence)}` : `- ${text(sentence)} <code>${text(command)}</code>`,
    )
    .join('\n');

/** A Markdown table has one heading row: group, column and unit share a cell. */
function headingText({ group, heading, unit }: Column): string {
  const name = [group, heading].filter((part) => part !== undefined).join(' ');
  return text([name, unit].filter((part) => part !== undefined).join(', '));
}

/** The longest text that still serves as an alternative to a picture. */
const ALTERNATIVE = 2_000;

/** A link to a picture file, with its text alternative. */
export const image = ({ name, alternative }: Figure, folder: string): string =>
  `![${text(shortened(alternative, ALTERNATIVE))}](${folder}${name}.svg)`;
