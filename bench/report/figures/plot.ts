import { plot as render, type PlotOptions } from '@observablehq/plot';
import { DOMParser } from 'linkedom';
import { compact, type Node } from './compact.ts';
import { WIDTH, type Part } from './figure.ts';

/** Plot needs a DOM document; this one needs no browser. */
const document = new DOMParser().parseFromString('<svg/>', 'image/svg+xml');

/** Plot writes all digits of a number; a tenth of a unit is finer than any screen. */
const GEOMETRY = / (?:d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|transform)="[^"]*"/g;

/** Plot's drawing without Plot's style: a figure has its own. */
export function plot(options: PlotOptions & { height: number }): Part {
  const svg = render({
    document,
    width: WIDTH,
    marginLeft: 8,
    marginRight: 8,
    marginTop: 0,
    marginBottom: 0,
    style: { fontSize: '12px' },
    ...options,
  }) as Node;
  for (const child of [...svg.children]) if (child.localName === 'style') child.remove();
  compact(svg);
  return { svg: withoutShell(svg.innerHTML), height: options.height };
}

const withoutShell = (markup: string): string => {
  const short = markup
    .replace(/ aria-(?:label|hidden)="[^"]*"/g, '')
    .replace(GEOMETRY, (attribute) => attribute.replace(/(\.\d)\d+/g, '$1'));
  return `<g text-anchor="middle">${short}</g>`;
};
