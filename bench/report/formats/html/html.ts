import type { Result } from '../../../model/result.ts';
import { figuresOf, type Figures } from '../../figures/figures.ts';
import { gateAdvice, gateSections, type NightContext } from '../../gate-sections.ts';
import { headingParts, incompleteness } from '../../heading.ts';
import { figureMarkup, itemsMarkup } from './items.ts';
import { breakable, markup, type Markup } from './markup.ts';
import { idOf, renderPage, sectionMarkup, sentencesMarkup, type Chapter } from './page.ts';
import { tableMarkup } from './tables.ts';
import { notesOf } from '../../notes.ts';
import { reportSections } from '../../sections/report-sections.ts';

/**
 * The report as one self-contained HTML file.
 *
 * @param data path of result.json relative to the report
 */
export function renderHtml(
  result: Result,
  data: string,
  figures: Figures = figuresOf(result),
  night?: NightContext,
): string {
  const title = `What candidate ${result.candidate.name} does to ${result.run.suite.title}`;
  const warning = incompleteness(result);
  const chapters = [...(night ? [nightChapter(night)] : []), ...chaptersOf(result, figures)];
  const [subtitle, atTheTop] = [headingParts(result).join(' · '), night ? 2 : 1];
  return renderPage({
    title,
    subtitle,
    warning,
    chapters,
    atTheTop,
    data: { file: 'result.json', path: data },
  });
}

function chaptersOf(result: Result, figures: Figures): Chapter[] {
  const notes = notesOf(result).map(({ cause, remedy }) => markup`<li>${cause}; ${remedy}</li>\n`);
  const contents: [string, Markup][] = [
    ['Verdict', sentencesMarkup(result.summary)],
    ...(figures.history ? [['History', figureMarkup(figures.history)] as [string, Markup]] : []),
    ...reportSections(result, 'page').map((section): [string, Markup] => [
      section.title,
      sectionMarkup(section, figures.sections[section.title] ?? []),
    ]),
    ...(notes.length > 0 ? [['Notes', markup`<ol>${notes}</ol>`] as [string, Markup]] : []),
    ['Every item', itemsMarkup(result, figures)],
  ];
  return contents.map(([title, content]) => ({ id: idOf(title), title, content }));
}

/** The gate's answer comes first in the report of a nightly run. */
function nightChapter(night: NightContext): Chapter {
  const sentences = gateAdvice(night).map(({ sentence, command }) =>
    command === undefined
      ? markup`<li>${breakable(sentence)}</li>\n`
      : markup`<li>${sentence} <code>${breakable(command)}</code></li>\n`,
  );
  const tables = gateSections(night.gate, 'page').flatMap(({ title, tables: found }) =>
    found.map((table) => tableMarkup(table, title)),
  );
  return {
    id: 'nights-before',
    title: `Compared with the nights before: ${night.gate.state}`,
    content: markup`<ul class="verdict">${sentences}</ul>${tables}`,
  };
}
