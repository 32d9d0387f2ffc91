import { marked, ORIGIN, polyline, through, type Point } from './short-path.ts';

/** The parts of the DOM that are used: the DOM's own types are not loaded in this project. */
export interface Node {
  readonly localName: string;
  readonly children: Iterable<Node>;
  readonly parentElement: Node | null;
  innerHTML: string;
  getAttributeNames: () => string[];
  getAttribute: (name: string) => string | null;
  setAttribute: (name: string, value: string) => void;
  removeAttribute: (name: string) => void;
  querySelectorAll: (selector: string) => Iterable<Node>;
  remove: () => void;
}

/** The same picture with fewer bytes: lines are one path, a symbol is written once, and text has plain coordinates. */
export function compact(svg: Node): void {
  for (const group of svg.querySelectorAll('g')) {
    const shapes = [...group.children];
    const kinds = new Set(shapes.map(kindOf));
    const [kind = ''] = kinds;
    const drawn = kinds.size === 1 ? DRAWN[kind]?.(shapes) : undefined;
    if (drawn !== undefined) group.innerHTML = drawn;
  }
  for (const text of svg.querySelectorAll('text')) placePlainly(text);
}

/** An element and its attributes. */
const kindOf = (shape: Node): string => [shape.localName, ...shape.getAttributeNames().toSorted()].join(' ');

/** How shapes of one kind that differ in their places only are drawn; undefined when they differ more. */
const DRAWN: Readonly<Record<string, (shapes: readonly Node[]) => string | undefined>> = {
  'line x1 x2 y1 y2': (lines) => `<path d="${linesPath(lines)}"/>`,
  'circle cx cy r': (circles) =>
    same(
      circles,
      'r',
      (radius) => `<circle r="${radius}"/>`,
      (one) => [numberOf(one, 'cx'), numberOf(one, 'cy')],
    ),
  'path d transform': (symbols) => same(symbols, 'd', (outline) => `<path d="${outline}"/>`, placeOf),
};

/** Fewer are not worth a marker. */
const FEW = 8;

/** Shapes with the same value of an attribute. */
function same(
  shapes: readonly Node[],
  attribute: string,
  shapeOf: (value: string) => string,
  place: (shape: Node) => Point,
): string | undefined {
  const [value = '', ...others] = new Set(shapes.map((shape) => shape.getAttribute(attribute) ?? ''));
  if (others.length > 0 || shapes.length < FEW) return undefined;
  return marked(shapeOf(value), `fill="none" stroke="none" d="${through(shapes.map(place))}"`);
}

const numberOf = (shape: Node, name: string): number => Number(shape.getAttribute(name));

/** Each line begins where the one before it ended. */
function linesPath(lines: readonly Node[]): string {
  let pen = ORIGIN;
  return lines
    .map((line) => {
      const [from, to] = [endOf(line, 1), endOf(line, 2)];
      const path = polyline([from, to], pen);
      pen = to;
      return path;
    })
    .join('');
}

const endOf = (line: Node, end: 1 | 2): Point => [numberOf(line, `x${end}`), numberOf(line, `y${end}`)];

function placeOf(shape: Node): Point {
  const [, place = ''] = /^translate\(([^)]+)\)$/.exec(shape.getAttribute('transform') ?? '') ?? [];
  const [x = 0, y = 0] = place.split(',').map(Number);
  return [x, y];
}

/** In pixels; the figures' text is 12 high unless a group says otherwise. */
const fontSize = (text: Node): number =>
  Number(text.getAttribute('font-size') ?? text.parentElement?.getAttribute('font-size') ?? 12);

/** Coordinates instead of a translation and a share of the font's height. */
function placePlainly(text: Node): void {
  const [x, y] = placeOf(text);
  const lower = /^(-?[\d.]+)em$/.exec(text.getAttribute('y') ?? '0em');
  if (!text.getAttribute('transform')?.startsWith('translate(') || !lower || text.getAttribute('x')) return;
  text.removeAttribute('transform');
  text.setAttribute('x', String(x));
  text.setAttribute('y', String(Math.round(10 * (y + Number(lower[1]) * fontSize(text))) / 10));
}
