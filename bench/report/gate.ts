import { plainText } from '../format/plain-text.ts';
import { gateAdvice, gateHeading, gateSections, type NightContext } from './gate-sections.ts';
import { text } from './formats/markdown/markdown-text.ts';
import { adviceList, renderSection as markdownSection } from './formats/markdown/markdown.ts';
import { stylesFor } from './formats/terminal/terminal-style.ts';
import { isNarrow, renderSection, type Screen } from './formats/terminal/terminal.ts';
import { wrap } from './formats/terminal/wrap.ts';

/** The gate's answer for a terminal. Commands are not wrapped: they can be copied. */
export function renderGate(night: NightContext, { columns, color }: Screen): string {
  const { gate } = night;
  const styles = stylesFor(color);
  const width = Math.max(60, columns) - 1;
  return [
    styles.bold(plainText(gateHeading(gate))),
    ...gateAdvice(night).map(({ sentence, command }) =>
      command === undefined ? wrap(plainText(sentence), width, '  ') : `  ${sentence} ${plainText(command)}`,
    ),
    ...gateSections(gate, isNarrow(width) ? 'narrow' : 'page').flatMap((section) =>
      renderSection(section, width, styles),
    ),
    '',
  ].join('\n');
}

/** The gate's answer as a page, short enough for an issue. */
export const renderGateMarkdown = (night: NightContext): string =>
  [
    `# ${text(gateHeading(night.gate))}`,
    adviceList(night),
    ...gateSections(night.gate, 'page').map((section) => markdownSection(section)),
    '',
  ].join('\n\n');
