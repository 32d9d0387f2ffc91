import { dot, type Markish } from '@observablehq/plot';
import { colour, type Colour } from './figure-style.ts';
import { type Part, WIDTH } from './figure.ts';
import { plot } from './plot.ts';
import type { Verdict } from '../../model/estimate.ts';
import { isNoisy, type Warning } from '../../model/outcome.ts';

/** A shape that Plot does not have, with this area in square units, around the origin. */
interface Shape {
  draw: (path: PathCommands, size: number) => void;
}

/** The methods of d3-path that draw a shape. */
interface PathCommands {
  moveTo: (x: number, y: number) => void;
  lineTo: (x: number, y: number) => void;
  closePath: () => void;
}

/** The look of a point: its shape says as much as its colour. */
export interface Symbol {
  name: string;
  shape: 'circle' | 'diamond' | 'square' | 'star' | 'triangle' | Shape;
  colour: Colour;
  /** Not filled. */
  isHollow?: boolean;
}

/** A point, in the units of the figure's axes. */
export interface Mark {
  x: number;
  y: number;
  symbol: Symbol;
}

const RADIUS = 3.2;

/** One Plot mark for each symbol in use: a mark has one shape. */
export function symbols(marks: readonly Mark[], radius = RADIUS): Markish[] {
  const used = new Set(marks.map(({ symbol }) => symbol));
  return [...used].map((symbol) =>
    dot(
      marks.filter((mark) => mark.symbol === symbol),
      { x: 'x', y: 'y', r: radius, symbol: symbol.shape, ...paint(symbol) },
    ),
  );
}

const paint = ({ colour: name, isHollow }: Symbol) => ({
  fill: isHollow ? colour('paper') : colour(name),
  stroke: colour(name),
  strokeWidth: 1.5,
});

const LINE = 17;
const CHARACTER = 7;

/** The legend of the symbols, in as many lines as it needs. */
export function legend(used: readonly Symbol[]): Part {
  let [x, y] = [14, LINE / 2];
  const placed = used.map((symbol) => {
    const width = 22 + CHARACTER * symbol.name.length;
    if (x > 14 && x + width > WIDTH) [x, y] = [14, y + LINE];
    const mark = { x, y, symbol };
    x += width;
    return mark;
  });
  const drawing = plot({
    height: y + LINE,
    x: { type: 'identity', axis: null },
    y: { type: 'identity', axis: null },
    marks: symbols(placed),
  });
  const words = placed.map((mark) => `<text x="${mark.x + 9}" y="${mark.y + 4}">${mark.symbol.name}</text>`);
  return { svg: drawing.svg + words.join(''), height: drawing.height };
}

/** Plot's triangles point up. */
const DOWN: Shape = {
  draw: (path, size) => {
    const half = Math.sqrt(size / (3 * Math.sqrt(3)));
    path.moveTo(0, 2 * half);
    path.lineTo(-Math.sqrt(3) * half, -half);
    path.lineTo(Math.sqrt(3) * half, -half);
    path.closePath();
  },
};

const SYMBOLS: Readonly<Record<Verdict, Symbol>> = {
  faster: { name: 'faster', shape: 'triangle', colour: 'faster' },
  slower: { name: 'slower', shape: DOWN, colour: 'slower' },
  'no material difference': { name: 'no material difference', shape: 'circle', colour: 'muted' },
  inconclusive: { name: 'inconclusive', shape: 'diamond', colour: 'inconclusive' },
  unstable: { name: 'unstable', shape: 'star', colour: 'unstable' },
};

const NOISY: Readonly<Record<Verdict, Symbol>> = {
  faster: noisy('faster'),
  slower: noisy('slower'),
  'no material difference': noisy('no material difference'),
  inconclusive: noisy('inconclusive'),
  unstable: noisy('unstable'),
};

function noisy(verdict: Verdict): Symbol {
  return { ...SYMBOLS[verdict], name: `${verdict}, noisy`, isHollow: true };
}

/** The symbol of a row: hollow where the run is noisy, which makes its verdict unreliable. */
export const verdictSymbol = (verdict: Verdict, warnings: readonly Warning[]): Symbol =>
  (isNoisy(warnings) ? NOISY : SYMBOLS)[verdict];
