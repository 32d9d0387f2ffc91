import type { Result } from '../../../model/result.ts';
import { headingParts, incompleteness } from '../../heading.ts';
import { notesOf } from '../../notes.ts';
import { plainText } from '../../../format/plain-text.ts';
import { reportSections } from '../../sections/report-sections.ts';
import type { Layout, Section } from '../../sections/section.ts';
import { stylesFor, type Styles } from './terminal-style.ts';
import { renderTable } from './terminal-table.ts';
import { wrap } from './wrap.ts';

/** The properties of a terminal that text depends on. */
export interface Screen {
  columns: number;
  color: boolean;
}

/** The whole report as text for a terminal. No line is wider than the screen. */
export function renderTerminal(result: Result, { columns, color }: Screen): string {
  const styles = stylesFor(color);
  const { bold } = styles;
  const width = Math.max(60, columns) - 1;
  const paragraph = (text: string): string => wrap(plainText(text), width, '  ');
  const notes = notesOf(result).map(({ number, cause, remedy }) =>
    paragraph(`${number}  ${cause}; ${remedy}`),
  );
  const warning = incompleteness(result);
  return [
    wrap(plainText(['index-impact', ...headingParts(result)].join('   ')), width, ''),
    ...(warning === undefined ? [] : ['', wrap(plainText(warning), width, '')]),
    '',
    bold('Verdict'),
    ...result.summary.map(paragraph),
    ...reportSections(result, layoutFor(width, result)).flatMap((section) =>
      renderSection(section, width, styles),
    ),
    ...(notes.length > 0 ? ['', bold('Notes'), ...notes] : []),
    '',
  ].join('\n');
}

/** Whether only the most important columns have room. */
export const isNarrow = (width: number): boolean => width < 115;

function layoutFor(width: number, { run }: Result): Layout {
  if (width >= 180 && run.baselines.length > 1) return 'side by side';
  if (width >= 165) return 'stacked';
  return isNarrow(width) ? 'narrow' : 'plans apart';
}

export function renderSection(
  { title, tables, remarks, again }: Section,
  width: number,
  styles: Styles,
): string[] {
  const { bold, dim } = styles;
  return [
    ...tables.flatMap((table, position) => {
      const isHeaded = position === 0 || table.caption !== undefined;
      const heading = isHeaded
        ? [
            [bold(plainText(title)), ...(table.caption === undefined ? [] : [plainText(table.caption)])].join(
              '  ',
            ),
          ]
        : [];
      return ['', ...heading, renderTable(table, width, styles)];
    }),
    ...[...remarks, ...(again === undefined ? [] : [`again: ${again}`])].map((remark) =>
      dim(wrap(plainText(remark), width, '  ')),
    ),
  ];
}
