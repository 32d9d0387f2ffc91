import type { Estimate } from '../../model/estimate.ts';
import { significant } from '../../model/quantity.ts';
import type { ReadResult, WriteResult } from '../../model/result.ts';
import type { Note } from '../notes.ts';
import { standingCell, standingHeading } from '../verdict-mark.ts';
import { decimal, left, right, type Column, type Layout } from './section.ts';

/** How a table shows the times of its rows. */
export interface TimeStyle {
  /** What the ratio is called: speedup or overhead. */
  heading: string;
  ratio: (estimate: Estimate) => { point: string; interval: string };
  layout: Layout;
  notes: readonly Note[];
}

const INTERVAL = '95 % interval';

/** Whether there is room for what the server saw, beside what the client did. */
const showsServer = (layout: Layout): boolean => layout !== 'narrow' && layout !== 'side by side';

export const timeColumns = ({ heading, layout }: TimeStyle): Column[] => [
  decimal('before', 'ms'),
  decimal('after', 'ms'),
  right(heading),
  left(INTERVAL),
  ...(showsServer(layout) ? [right('on server'), left(INTERVAL)] : []),
  left(standingHeading(layout)),
];

/** The cells of one row under these columns; a row that was not measured has its standing only. */
export function timeCells(row: ReadResult | WriteResult | undefined, style: TimeStyle): string[] {
  const blank = timeColumns(style).map(() => '');
  if (!row) return blank;
  const standing = standingCell(row, style.notes, style.layout);
  if (row.state === 'failed') return [...blank.slice(1), standing];
  const client = style.ratio(row.estimate);
  const server = row.server && style.ratio(row.server.estimate);
  return [
    significant(row.before.durationMs.point),
    significant(row.after.durationMs.point),
    client.point,
    client.interval,
    ...(showsServer(style.layout) ? [server?.point ?? '', server?.interval ?? ''] : []),
    standing,
  ];
}
