import type { ComparedItem, ComparedRun, Comparison } from '../model/comparison.ts';
import type { NightTimes } from '../model/night.ts';
import { plainText } from '../format/plain-text.ts';
import { count, overheadText, ratioText } from '../format/quantity.ts';
import { left, type Section } from './sections/section.ts';
import { stylesFor } from './formats/terminal/terminal-style.ts';
import { renderSection, type Screen } from './formats/terminal/terminal.ts';
import { wrap } from './formats/terminal/wrap.ts';

/** Two results as text for a terminal: whether they are comparable, then times, then exact figures. */
export function renderComparison(comparison: Comparison, { columns, color }: Screen): string {
  const styles = stylesFor(color);
  const width = Math.max(60, columns) - 1;
  const { a, b } = comparison;
  const line = (sentence: string): string => wrap(plainText(sentence), width, '  ');
  return [
    styles.bold(plainText(`${a.run} (a) and ${b.run} (b)`)),
    ...sentences(comparison).map(line),
    ...sections(comparison).flatMap((section) => renderSection(section, width, styles)),
    '',
  ].join('\n');
}

function sentences({ a, b, items, differences, onlyInA, onlyInB }: Comparison): string[] {
  const changed = items.filter(({ changed: metrics }) => metrics.length > 0).length;
  const apart = items.filter(({ times }) => times && (times.change.low > 1 || times.change.high < 1)).length;
  return [
    ...(differences.length > 0
      ? [
          `Not measured under the same conditions: ${differences.join('; ')}. Differences below may come from that.`,
        ]
      : []),
    `${changed} of ${items.length} items differ in exact figures; ${apart} differ in time (the interval excludes 1x).`,
    ...noiseSentence(a, b),
    ...(onlyInA.length > 0 ? [`Only in a: ${onlyInA.join('; ')}.`] : []),
    ...(onlyInB.length > 0 ? [`Only in b: ${onlyInB.join('; ')}.`] : []),
  ];
}

function noiseSentence(a: ComparedRun, b: ComparedRun): string[] {
  const noisy = [...(a.isNoisy ? ['a'] : []), ...(b.isNoisy ? ['b'] : [])];
  if (noisy.length === 0) return [];
  return [
    `Noisy: in ${noisy.join(' and in ')} identical copies did not measure alike. Times that differ, or do not, prove nothing here.`,
  ];
}

const sections = ({ items }: Comparison): Section[] =>
  [
    {
      title: 'Times',
      tables: [timesTable(items)],
      remarks: ['change: before / after of b to that of a; more than 1x is better in b'],
    },
    { title: 'What is exact', tables: [exactTable(items)], remarks: [] },
  ].filter(({ tables }) => tables.some(({ rows }) => rows.length > 0));

const titleOf = ({ title, baseline }: ComparedItem): string =>
  baseline === undefined ? title : `${title} on ${baseline}`;

const timesTable = (items: readonly ComparedItem[]) => ({
  caption: undefined,
  columns: ['item', 'a', 'b', 'change'].map(left),
  rows: items.flatMap((item) =>
    item.times
      ? [[titleOf(item), timesText(item.times.a), timesText(item.times.b), ratioText(item.times.change)]]
      : [],
  ),
});

const timesText = ({ metric, ratio }: NightTimes): string =>
  metric === 'speedup' ? ratioText(ratio) : overheadText(ratio);

const exactTable = (items: readonly ComparedItem[]) => ({
  caption: undefined,
  columns: ['item', 'what', 'a', 'b'].map(left),
  rows: items.flatMap((item) =>
    item.changed.map(({ metric, a, b }) => [titleOf(item), metric, valueText(a), valueText(b)]),
  ),
});

const valueText = (value: string | number | undefined): string =>
  typeof value === 'number' ? count(value) : (value ?? 'not measured');
