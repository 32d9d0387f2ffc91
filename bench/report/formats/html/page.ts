import type { Figure } from '../../figures/figure.ts';
import type { Section } from '../../sections/section.ts';
import { block, figuresMarkup } from './items.ts';
import { breakable, Markup, markup } from './markup.ts';
import { PAGE_STYLE } from './style.ts';
import { tableMarkup } from './tables.ts';

/** The page runs no script and fetches nothing, whatever its data contains. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** A part of the page and its anchor. */
export interface Chapter {
  id: string;
  title: string;
  content: Markup;
}

/** A self-contained page. */
export interface Page {
  title: string;
  subtitle: string;
  /** Why it is incomplete. */
  warning: string | undefined;
  chapters: readonly Chapter[];
  /** So many chapters come before the table of contents. */
  atTheTop: number;
  /** The file that has its figures, and the path to it. */
  data: { file: string; path: string };
}

/** The HTML file. */
export const renderPage = ({ title, subtitle, warning, chapters, atTheTop, data }: Page): string =>
  markup`${new Markup('<!doctype html>')}
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
<p class="quiet">${subtitle}</p>
${warning === undefined ? undefined : markup`<p class="warning">${warning}</p>`}
</header>
<main>
${chapters.slice(0, atTheTop).map(chapterMarkup)}${contentsMarkup(chapters.slice(atTheTop))}${chapters.slice(atTheTop).map(chapterMarkup)}</main>
<footer><p>All figures above are from <a href="${data.path}">${data.file}</a>.</p></footer>
</body>
</html>
`.html;

/** "reads-buffer-cold": the program's own titles, each different. */
export const idOf = (title: string): string =>
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

/** What matters most, in sentences. */
export const sentencesMarkup = (sentences: readonly string[]): Markup =>
  markup`<ul class="verdict">${sentences.map((line) => markup`<li>${breakable(line)}</li>\n`)}</ul>`;

export const sectionMarkup = (
  { title, tables, remarks, again }: Section,
  figures: readonly Figure[],
): Markup =>
  markup`${tables.map((table) => tableMarkup(table, title))}
${remarks.length > 0 ? markup`<ul class="remarks">${remarks.map((remark) => markup`<li>${breakable(remark)}</li>\n`)}</ul>` : undefined}${again === undefined ? undefined : markup`<p>Again:</p>${block(again)}`}
${figuresMarkup(figures)}
`;
