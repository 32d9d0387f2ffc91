import type { Result } from '../../../model/result.ts';
import { figuresOf, type Figures } from '../../figures/figures.ts';
import { gateAdvice, gateSections, type NightContext } from '../../gate-sections.ts';
import { headingParts, incompleteness } from '../../heading.ts';
import { block, figureMarkup, figuresMarkup, itemsMarkup } from './items.ts';
import { breakable, Markup, markup } from './markup.ts';
import { PAGE_STYLE } from './style.ts';
import { tableMarkup } from './tables.ts';
import { notesOf } from '../../notes.ts';
import { reportSections } from '../../sections/report-sections.ts';
import type { Section } from '../../sections/section.ts';

/** The page runs no script and fetches nothing, whatever its data contains. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** A part of the page and its anchor. */
interface Chapter {
  id: string;
  title: string;
  content: Markup;
}

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
  const atTheTop = night ? 2 : 1;
  return markup`${new Markup('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="quiet">${headingParts(result).join(' · ')}</p>
${warning === undefined ? undefined : markup`<p class="warning">${warning}</p>`}
</header>
<main>
${chapters.slice(0, atTheTop).map(chapterMarkup)}${contentsMarkup(chapters.slice(atTheTop))}${chapters.slice(atTheTop).map(chapterMarkup)}</main>
<footer><p>All figures above are from <a href="${data}">result.json</a>.</p></footer>
</body>
</html>
`.html;
}

function chaptersOf(result: Result, figures: Figures): Chapter[] {
  const notes = notesOf(result).map(({ cause, remedy }) => markup`<li>${cause}; ${remedy}</li>\n`);
  const contents: [string, Markup][] = [
    [
      'Verdict',
      markup`<ul class="verdict">${result.summary.map((line) => markup`<li>${breakable(line)}</li>\n`)}</ul>`,
    ],
    ...(figures.history ? [['History', figureMarkup(figures.history)] as [string, Markup]] : []),
    ...reportSections(result, 'page').map((section): [string, Markup] => [
      section.title,
      sectionMarkup(section, figures),
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

/** "reads-buffer-cold": the program's own titles, each different. */
const idOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const chapterMarkup = ({ id, title, content }: Chapter): Markup =>
  markup`<section id="${id}"><h2>${title}</h2>
${content}</section>
`;

const contentsMarkup = (chapters: readonly Chapter[]): Markup =>
  markup`<nav aria-label="Contents"><ul>${chapters.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
`;

const sectionMarkup = ({ title, tables, remarks, again }: Section, { sections }: Figures): Markup =>
  markup`${tables.map((table) => tableMarkup(table, title))}
${remarks.length > 0 ? markup`<ul class="remarks">${remarks.map((remark) => markup`<li>${breakable(remark)}</li>\n`)}</ul>` : undefined}${again === undefined ? undefined : markup`<p>Again:</p>${block(again)}`}
${figuresMarkup(sections[title] ?? [])}
`;
