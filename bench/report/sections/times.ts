import type { Estimate } from '../../model/estimate.ts';
import { significant } from '../../format/quantity.ts';
import type { ReadResult, WriteResult } from '../../model/item-result.ts';
import type { Times } from '../../model/times.ts';
import type { Note } from '../notes.ts';
import { standingCell, standingHeading } from '../verdict-mark.ts';
import { decimal, left, right, type Column, type Layout } from './section.ts';

/** How a table shows the times of its rows. */
export interface TimeStyle {
  /** The name of the ratio: speedup or overhead. */
  heading: string;
  ratio: (estimate: Estimate) => { point: string; interval: string };
  layout: Layout;
  notes: readonly Note[];
}

const INTERVAL = '95 % interval';

/** Whether there is room for the times on the server beside the client's. */
export const showsServer = (layout: Layout): boolean => layout !== 'narrow' && layout !== 'side by side';

type Ratio = TimeStyle['ratio'];

/** Both durations and the name of their ratio. */
export const ratioColumns = (heading: string): Column[] => [
  decimal('before', 'ms'),
  decimal('after', 'ms'),
  right(heading),
  left(INTERVAL),
];

/** The cells under these columns. */
export function ratioCells({ before, after, estimate }: Times, ratio: Ratio): string[] {
  const { point, interval } = ratio(estimate);
  return [significant(before.durationMs.point), significant(after.durationMs.point), point, interval];
}

export const timeColumns = ({ heading, layout }: TimeStyle): Column[] => [
  ...ratioColumns(heading),
  ...(showsServer(layout) ? [right('on server'), left(INTERVAL)] : []),
  left(standingHeading(layout)),
];

/** The cells of one row under these columns; a row that was not measured has only its state. */
export function timeCells(row: ReadResult | WriteResult | undefined, style: TimeStyle): string[] {
  const blank = timeColumns(style).map(() => '');
  if (!row) return blank;
  const standing = standingCell(row, style.notes, style.layout);
  if (row.state === 'failed') return [...blank.slice(1), standing];
  const server = row.server && style.ratio(row.server.estimate);
  return [
    ...ratioCells(row, style.ratio),
    ...(showsServer(style.layout) ? [server?.point ?? '', server?.interval ?? ''] : []),
    standing,
  ];
}
