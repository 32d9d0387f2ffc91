import { axisX, gridX, text, type Markish, type PlotOptions, type ScaleOptions } from '@observablehq/plot';
import { colour } from './figure-style.ts';

/** A text at a height. */
interface Words {
  words: string;
  y: number;
}

/** The text around the points of a figure with rows. */
export interface Frame {
  height: number;
  scale: ScaleOptions;
  axis: string;
  tick: (value: number) => string;
  titles: readonly Words[];
  /** To the left of the points. */
  names: readonly Words[];
  /** To the right of the points, where values have their own column. */
  figures: readonly Words[];
}

/** The end of the titles' column, and the height of the axis above. */
export const AXIS = 40;
export const TITLE = 17;
const LEFT = 58;

/** The axis is on top: it is seen first. Rows are in the picture's units. */
export function framed(frame: Frame, points: readonly Markish[]): PlotOptions & { height: number } {
  const { height, scale, axis, tick, titles, names, figures } = frame;
  const right = figures.length > 0 ? 66 : 14;
  const ticks = scale.ticks as number[];
  const atLeft = { frameAnchor: 'left', textAnchor: 'start', y: 'y', text: 'words', dx: 8 - LEFT } as const;
  const halo = { stroke: colour('paper'), strokeWidth: 4, fill: colour('ink') };
  return {
    height,
    marginLeft: LEFT,
    marginRight: right,
    marginTop: AXIS,
    x: scale,
    y: { type: 'identity', axis: null },
    color: { type: 'identity' },
    marks: [
      gridX({ stroke: colour('grid'), strokeOpacity: 1, ticks }),
      axisX({ anchor: 'top', label: null, tickFormat: tick, tickSize: 3, fontSize: 12, ticks }),
      text([axis], { frameAnchor: 'top', dy: 8 - AXIS, fontWeight: 600, text: (words: string) => words }),
      ...points,
      text(titles, { ...atLeft, ...halo, fontWeight: 600 }),
      text(names, { ...atLeft, fill: colour('muted') }),
      text(figures, { y: 'y', text: 'words', frameAnchor: 'right', textAnchor: 'end', dx: right - 8 }),
    ],
  };
}
