import type { Sweep } from '../../model/sweep.ts';
import { block } from '../formats/html/items.ts';
import { markup, type Markup } from '../formats/html/markup.ts';
import { idOf, renderPage, sectionMarkup, sentencesMarkup } from '../formats/html/page.ts';
import { sentences } from './sentences.ts';
import type { SweepFigures } from './sweep-figures.ts';
import { sweepHeading, sweepSections, sweepTitle, whySweepIncomplete } from './sweep-sections.ts';

/** A sweep as one self-contained HTML file. */
export function renderSweepHtml(sweep: Sweep, figures: SweepFigures): string {
  const contents: [string, Markup][] = [
    ['In short', sentencesMarkup(sentences(sweep))],
    ...sweepSections(sweep, 'page').map((section): [string, Markup] => [
      section.title,
      sectionMarkup(section, figures[section.title] ?? []),
    ]),
    ['Again', markup`${block(sweep.command)}`],
  ];
  return renderPage({
    title: sweepTitle(sweep),
    subtitle: sweepHeading(sweep).join(' · '),
    warning: whySweepIncomplete(sweep),
    chapters: contents.map(([title, content]) => ({ id: idOf(title), title, content })),
    atTheTop: 1,
    data: { file: 'sweep.json', path: 'sweep.json' },
  });
}
