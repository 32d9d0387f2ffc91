import { dot, type Markish } from '@observablehq/plot';
import { colour, type Colour } from './figure-style.ts';
import { WIDTH, type Part } from './figure.ts';
import { plot } from './plot.ts';

/** A shape that Plot has no name for, of so many square units, around the origin. */
export interface Shape {
  draw: (path: PathCommands, size: number) => void;
}

/** What a shape is drawn with, of d3-path's. */
interface PathCommands {
  moveTo: (x: number, y: number) => void;
  lineTo: (x: number, y: number) => void;
  closePath: () => void;
}

/** What a point looks like: its shape says as much as its colour. */
export interface Symbol {
  name: string;
  shape: 'circle' | 'diamond' | 'square' | 'star' | 'triangle' | Shape;
  colour: Colour;
  /** Not filled. */
  isHollow?: boolean;
}

/** A point at its place, in the units of the figure's axes. */
export interface Mark {
  x: number;
  y: number;
  symbol: Symbol;
}

const RADIUS = 3.2;

/** One mark for each symbol in use, so that every point gets its own shape. */
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

/** What the symbols mean, in as many lines as they need. */
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
