import { FIGURE_STYLE } from './figure-style.ts';
import { xml } from './label.ts';
import { withOwnMarkers } from './short-path.ts';

/** A complete picture: `svg` refers to nothing outside it, and `alternative` says in words what it shows. */
export interface Figure {
  /** The name of its file, unique in a report: lower-case letters, digits and hyphens. */
  name: string;
  title: string;
  alternative: string;
  svg: string;
}

/** In the picture's units: text is 12 high. The width is that of a phone's screen, the narrowest page. */
export const WIDTH = 360;

/** A drawing of the given height, placed `x` from the left edge (default 0). */
export interface Part {
  svg: string;
  height: number;
  x?: number;
  /** Whether the next part is placed beside this one. */
  isBeside?: boolean;
}

const MARGIN = 6;

export const styleElement = `<style>${FIGURE_STYLE}</style>`;

/** One picture with its title: the parts one below the other. */
export function figure({ name, title, alternative }: Omit<Figure, 'svg'>, parts: readonly Part[]): Figure {
  let top = MARGIN;
  const placed = parts.map(({ svg, height, x = 0, isBeside }) => {
    const moved = `<g transform="translate(${x},${top})">${svg}</g>`;
    if (!isBeside) top += height;
    return moved;
  });
  const height = Math.ceil(top + MARGIN);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="figure" role="img" fill="currentColor" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" aria-labelledby="figure-${name}-title figure-${name}-desc">`,
    `<title id="figure-${name}-title">${xml(title)}</title><desc id="figure-${name}-desc">${xml(alternative)}</desc>`,
    styleElement,
    `<rect class="paper" width="${WIDTH}" height="${height}"/>`,
    ...placed,
    '</svg>',
  ].join('\n');
  return { name, title, alternative, svg: withOwnMarkers(svg, `figure-${name}`) };
}
