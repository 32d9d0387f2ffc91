/** A point in the picture's units. */
export type Point = readonly [x: number, y: number];

/** In a picture's path, coordinates are whole tenths: finer than any screen, and sums of them have no error. */
const tenths = (value: number): number => Math.round(value * 10);

const textOf = (steps: number): string => String(steps / 10).replace(/^(-?)0\./, '$1.');

/** "45.7", ".3": to a tenth. */
export const numberText = (value: number): string => textOf(tenths(value));

/** "1.5 2", ".5-.2": a minus separates, too. */
function step(from: Point, to: Point): string {
  const [x, y] = [tenths(to[0]) - tenths(from[0]), tenths(to[1]) - tenths(from[1])].map(textOf);
  return y?.startsWith('-') ? `${x}${y}` : `${x} ${y}`;
}

/** Where a path begins: a move from here is to an absolute place. */
export const ORIGIN: Point = [0, 0];

/** From the first point to the second and on; where the pen is, the first move is relative to. */
export function polyline(points: readonly Point[], pen: Point = ORIGIN): string {
  const [first, ...others] = points;
  if (!first) return '';
  const lines = others.map((point, at) => step(points[at] ?? first, point)).join(' ');
  return `m${step(pen, first)}${lines && 'l'}${lines.replaceAll(' -', '-')}`;
}

/** A path through these points; along a row it only says how far. */
export const through = (points: readonly Point[]): string =>
  points
    .map((point, at) => {
      const before = points[at - 1];
      return before?.[1] === point[1]
        ? `h${textOf(tenths(point[0]) - tenths(before[0]))}`
        : `m${step(before ?? ORIGIN, point)}`;
    })
    .join('');

const OWN = 'mark';

/**
 * A path with a shape at each of its points, written once; it is drawn around the origin.
 *
 * @param path the path's attributes
 */
export const marked = (shape: string, path: string): string =>
  `<marker id="${OWN}" markerUnits="userSpaceOnUse" overflow="visible">${shape}</marker><path style="marker:url(#${OWN})" ${path}/>`;

/** The markers of a picture under names that are unique in a page. */
export function withOwnMarkers(svg: string, prefix: string): string {
  let count = 0;
  const marker = new RegExp(`<marker id="${OWN}"([^]*?)url\\(#${OWN}\\)`, 'g');
  return svg.replace(marker, (_, between: string) => {
    count += 1;
    return `<marker id="${prefix}-${OWN}-${count}"${between}url(#${prefix}-${OWN}-${count})`;
  });
}
