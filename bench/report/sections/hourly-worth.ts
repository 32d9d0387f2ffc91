import { longDurationText, significant } from '../../format/quantity.ts';
import type { HourlyWorth } from '../../model/hour.ts';
import type { MeasuredAccount } from '../../model/ledger.ts';
import { left, right, type Table } from './section.ts';

/** What each index saves and costs in an hour, where the calls of its statements are known. */
export const hourlyWorthTable = (accounts: readonly MeasuredAccount[]): Table => ({
  caption: 'In an hour',
  columns: [
    left('index'),
    right('its reads save'),
    right('its writes take longer'),
    right('reads for each write'),
    right('break-even'),
    left('recommendation'),
  ],
  rows: accounts.flatMap(({ name, hour, recommendation }) =>
    hour ? [[name, ...figuresOf(hour), recommendation.action]] : [],
  ),
});

const figuresOf = ({ savedMs, addedMs, readsPerWrite, breakEven }: HourlyWorth): string[] => [
  longDurationText(savedMs),
  longDurationText(addedMs),
  significant(readsPerWrite),
  `${significant(breakEven.point)} [${significant(breakEven.low)}, ${significant(breakEven.high)}]`,
];

export const HOURLY_WORTH_REMARK =
  'in an hour: an index whose break-even lies beyond the reads that there are for each write, with its whole interval, is not kept, unless one of its reads has a goal';
