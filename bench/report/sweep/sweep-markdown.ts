import type { Sweep } from '../../model/sweep.ts';
import type { Figure } from '../figures/figure.ts';
import { image, renderSection } from '../formats/markdown/markdown.ts';
import { block, text } from '../formats/markdown/markdown-text.ts';
import { sentences } from './sentences.ts';
import type { SweepFigures } from './sweep-figures.ts';
import { sweepHeading, sweepSections, sweepTitle, whySweepIncomplete } from './sweep-sections.ts';

/** A sweep as GitHub-flavoured Markdown, beside sweep.json and the folder of its figures. */
export function renderSweepMarkdown(sweep: Sweep, figures: SweepFigures): string {
  const warning = whySweepIncomplete(sweep);
  const pictures = (title: string): string[] =>
    (figures[title] ?? []).map((figure: Figure) => image(figure, 'figures/'));
  return (
    [
      `# ${text(sweepTitle(sweep))}`,
      text(sweepHeading(sweep).join(' · ')),
      ...(warning === undefined ? [] : [`> **${text(warning)}**`]),
      sentences(sweep)
        .map((sentence) => `- ${text(sentence)}`)
        .join('\n'),
      ...sweepSections(sweep, 'page').map((section) => renderSection(section, pictures(section.title))),
      'Again:',
      block(sweep.command, 'sh'),
      'All figures above are from [sweep.json](sweep.json).',
    ].join('\n\n') + '\n'
  );
}
