import { styleElement, type Figure } from '../../figures/figure.ts';
import { Markup, markup } from './markup.ts';

/** A picture in the page, whose style the page has once for all of them. */
export const figureMarkup = ({ title, svg }: Figure): Markup =>
  markup`<figure><figcaption>${title}</figcaption>${new Markup(svg.replace(styleElement, ''))}</figure>
`;

/** Those that many look for are open, those that few need are folded: the pairs, which take a page of their own. */
export function figuresMarkup(figures: readonly Figure[]): Markup | undefined {
  if (figures.length === 0) return undefined;
  const isFolded = ({ name }: Figure): boolean => name.startsWith('pairs-');
  return markup`<div class="figures">${figures.filter((one) => !isFolded(one)).map(figureMarkup)}</div>
${figures.filter(isFolded).map((one) => markup`<details><summary>${one.title}</summary>${figureMarkup(one)}</details>\n`)}`;
}
