import { plainText } from '../../format/plain-text.ts';
import type { Sweep } from '../../model/sweep.ts';
import { stylesFor } from '../formats/terminal/terminal-style.ts';
import { renderSection, type Screen } from '../formats/terminal/terminal.ts';
import { wrap } from '../formats/terminal/wrap.ts';
import { sentences } from './sentences.ts';
import { sweepHeading, sweepSections, whySweepIncomplete } from './sweep-sections.ts';

/** A sweep as text for a terminal: what it comes to stands last, right above the prompt. */
export function renderSweep(sweep: Sweep, { columns, color }: Screen): string {
  const styles = stylesFor(color);
  const width = Math.max(60, columns) - 1;
  const warning = whySweepIncomplete(sweep);
  return [
    wrap(plainText(['index-impact', ...sweepHeading(sweep)].join('   ')), width, ''),
    ...(warning === undefined ? [] : ['', wrap(plainText(warning), width, '')]),
    ...sweepSections(sweep, 'narrow').flatMap((section) => renderSection(section, width, styles)),
    '',
    styles.bold('In short'),
    ...sentences(sweep).map((sentence) => wrap(plainText(sentence), width, '  ')),
    '',
  ].join('\n');
}
