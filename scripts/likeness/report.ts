import type { ColumnLikeness, Compared, FanOutLikeness, Likeness } from '../../bench/model/likeness.ts';
import type { LeftOut } from '../../bench/model/source.ts';

const LEAST_ALIKE = 0.95;
const LEAST_PLANNED = 0.9;

const short = (value: number): string => String(Math.round(value * 1000) / 1000);
const pair = ({ source, made }: Compared): string => `${short(source)} ${short(made)}`;

const FIGURES = ['nullShare', 'distinct', 'commonShare', 'correlation'] as const;

function columnLine(column: ColumnLikeness): string {
  const outside = FIGURES.flatMap((figure) => {
    const compared = column[figure];
    return compared && !compared.isWithin ? [`${figure} ${pair(compared)}`] : [];
  });
  return `  ${column.table}.${column.column}: ${outside.join(', ')}`;
}

const keyLine = ({ table, columns, refersTo, p50, p90, p99 }: FanOutLikeness): string =>
  `  ${table} (${columns.join(', ')}) -> ${refersTo}: p50 ${pair(p50)}, p90 ${pair(p90)}, p99 ${pair(p99)}`;

const share = (parts: readonly boolean[]): number =>
  parts.length === 0 ? 1 : parts.filter((one) => one).length / parts.length;

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

/** Prints what is not alike. @returns whether enough is */
export function reportColumns(
  title: string,
  { columns, fanOuts }: Likeness,
  unlike: readonly LeftOut[],
): boolean {
  const shares = [columns, fanOuts].map((parts) => share(parts.map(({ isWithin }) => isWithin)));
  const [alike = '', keys = ''] = shares.map(percent);
  console.log(
    `${title}: ${alike} of ${columns.length} columns and ${keys} of ${fanOuts.length} foreign keys are alike`,
  );
  for (const column of columns) if (!column.isWithin) console.log(columnLine(column));
  for (const key of fanOuts) if (!key.isWithin) console.log(keyLine(key));
  console.log(`  ${histogramText(columns)}`);
  for (const { object, reason } of unlike) console.log(`  not as in the source: ${object}: ${reason}`);
  return shares.every((one) => one >= LEAST_ALIKE);
}

function histogramText(columns: readonly ColumnLikeness[]): string {
  const sorted = columns
    .filter(({ histogramDistance }) => histogramDistance !== undefined)
    .toSorted((one, other) => distanceOf(one) - distanceOf(other));
  const [median, most] = [sorted[sorted.length >> 1], sorted.at(-1)];
  if (!median || !most) return 'no histograms';
  return `histograms differ by ${short(distanceOf(median))} at the median, ${short(distanceOf(most))} at most (${most.table}.${most.column})`;
}

const distanceOf = ({ histogramDistance = 0 }: ColumnLikeness): number => histogramDistance;

/** Prints each statement that is planned otherwise. @returns whether enough are planned alike */
export function reportPlans(when: string, { statements, unplanned }: Likeness): boolean {
  const planned = share(statements.map(({ isSame }) => isSame));
  console.log(
    `  ${when} the candidate ${percent(planned)} of ${statements.length} statements are planned as in the original; of ${unplanned.length} that is not known`,
  );
  for (const { origin, signatures, isSame } of statements)
    if (!isSame) console.log(`    ${origin}\n      ${signatures.source}\n      ${signatures.made}`);
  for (const reason of new Set(unplanned.map((one) => one.reason))) console.log(`    not known: ${reason}`);
  return planned >= LEAST_PLANNED;
}
