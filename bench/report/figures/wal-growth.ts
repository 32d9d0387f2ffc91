import { rect, ruleX } from '@observablehq/plot';
import type { Baseline } from '../../model/arm.ts';
import { walGrowth } from '../../model/counters.ts';
import { changeText, counted } from '../../format/quantity.ts';
import type { WriteResult } from '../../model/item-result.ts';
import type { Result } from '../../model/result.ts';
import { evenAxis } from './axis.ts';
import { colour } from './figure-style.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { label, titleLabel } from './label.ts';
import { plot } from './plot.ts';
import { AXIS, framed, TITLE } from './row-frame.ts';
import { named } from './words.ts';
import { byOperation, percent } from './write-cost.ts';

/** One bar: growth of a write's own WAL bytes, as a fraction. */
interface Growth {
  id: string;
  title: string;
  baseline: Baseline;
  growth: number;
}

/** The growth of every write's WAL. */
export function walGrowthFigure(result: Result): Figure | undefined {
  const bars = result.writes.toSorted(byOperation).flatMap(growthOf);
  if (bars.length === 0) return undefined;
  const title = "Growth of every write's WAL, counted exactly";
  return figure({ name: 'wal', title, alternative: inWords(result, bars) }, [drawing(bars)]);
}

function growthOf(write: WriteResult): Growth[] {
  if (write.state === 'failed' || !write.counters) return [];
  const { id, title, baseline } = write;
  const growth = walGrowth(write.counters);
  return growth === undefined ? [] : [{ id, title, baseline, growth }];
}

const [LINE, GAP] = [14, 7];

function drawing(bars: readonly Growth[]): Part {
  const { titles, lines, height } = placed(bars);
  const frame = {
    height,
    titles,
    scale: evenAxis(bars.map(({ growth }) => growth)),
    tick: percent,
    axis: 'WAL bytes more',
    names: lines.map(({ baseline, y }) => ({ words: baseline, y })),
    figures: lines.map(({ growth, y }) => ({ words: label(changeText(growth), 9), y })),
  };
  return plot(
    framed(frame, [
      rect(lines, { x1: () => 0, x2: 'growth', y1: 'top', y2: 'bottom', fill: colour('after') }),
      ruleX([0], { stroke: colour('ink'), strokeWidth: 1.2 }),
    ]),
  );
}

function placed(bars: readonly Growth[]) {
  let y = AXIS + 4;
  const titles = [];
  const lines = [];
  for (const id of new Set(bars.map((bar) => bar.id))) {
    const own = bars.filter((bar) => bar.id === id);
    titles.push({ words: titleLabel(own[0]?.title ?? ''), y: y + TITLE / 2 });
    y += TITLE;
    for (const bar of own) {
      lines.push({ ...bar, y: y + LINE / 2, top: y + 2, bottom: y + LINE - 2 });
      y += LINE;
    }
    y += GAP;
  }
  return { titles, lines, height: y };
}

function inWords({ run }: Result, bars: readonly Growth[]): string {
  const sentences = run.baselines.flatMap((baseline) => {
    const own = bars.filter((bar) => bar.baseline === baseline).toSorted((a, b) => b.growth - a.growth);
    const [most, last] = [own[0], own.at(-1)];
    if (!most || !last) return [];
    const told = ({ growth, title }: Growth): string => `${changeText(growth)} (${named(title)})`;
    return [`On ${baseline}, of ${counted(own.length, 'write')} from ${told(last)} to ${told(most)}.`];
  });
  return ['WAL bytes of one execution (without full-page images): after / before - 1.', ...sentences].join(
    ' ',
  );
}
