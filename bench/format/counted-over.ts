import { counted } from './quantity.ts';

/** Less says little of an hour. */
export const SHORT_HOURS = 1;

/** How long the calls of statements were counted, before they were called calls per hour. */
export const countedOver = (hours: number): string =>
  hours < SHORT_HOURS
    ? `their calls were counted over ${span(hours)} only: another hour may be unlike it`
    : `their calls were counted over ${span(hours)}`;

/** "9 seconds", "4 minutes", "3 hours", "12 days". */
function span(hours: number): string {
  if (hours * 60 < 1) return counted(Math.max(1, Math.round(hours * 3_600)), 'second');
  if (hours < SHORT_HOURS) return counted(Math.round(hours * 60), 'minute');
  return hours < 48 ? counted(Math.round(hours), 'hour') : counted(Math.round(hours / 24), 'day');
}
