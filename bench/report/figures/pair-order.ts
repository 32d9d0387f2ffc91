import { axisY, dot, gridY, line, ruleY, text } from '@observablehq/plot';
import { most } from '../../model/extent.ts';
import type { Baseline } from '../../model/arm.ts';
import type { Pair } from '../../model/pair.ts';
import { counted } from '../../format/quantity.ts';
import type { Result } from '../../model/result.ts';
import { isOnLogAxis } from './axis.ts';
import { colour } from './figure-style.ts';
import { figure, WIDTH, type Figure, type Part } from './figure.ts';
import { label, titleLabel } from './label.ts';
import { plot } from './plot.ts';
import { named } from './words.ts';

/** The pairs of an item of any kind. */
interface Item {
  id: string;
  title: string;
  baseline: Baseline;
  pairs: readonly Pair[];
  drift: number;
}

type Kind = 'reads' | 'writes' | 'canaries';

/** One panel for each item and baseline: before / after of each pair over the item's median, in run order. */
export function pairOrderFigure(result: Result, kind: Kind): Figure | undefined {
  const measured: readonly (Item & { state: 'measured' })[] = result[kind].filter(
    (item) => item.state === 'measured',
  );
  const panels = measured.map(panelOf).filter(({ points }) => points.length > 1);
  if (panels.length === 0) return undefined;
  const ids = [...new Set(panels.map(({ id }) => id))];
  const isAlone = ids.length === panels.length;
  const parts = ids.flatMap((id) =>
    rowOf(
      panels.filter((panel) => panel.id === id),
      isAlone ? WIDTH : WIDTH / 2,
    ),
  );
  return figure(
    {
      name: `pairs-${kind}`,
      title: `Ratios of the pairs in run order: ${kind}`,
      alternative: inWords(panels),
    },
    [explanation(), ...parts],
  );
}

interface Panel {
  id: string;
  title: string;
  baseline: Baseline;
  points: { at: number; ratio: number }[];
  drift: number;
}

function panelOf({ id, title, baseline, pairs, drift }: Item): Panel {
  const ratios = pairs.map(({ before, after }) => before.medianMs / after.medianMs);
  const middle = median(ratios.filter(isOnLogAxis));
  const points = ratios
    .map((ratio, at) => ({ at: at + 1, ratio: ratio / middle }))
    .filter(({ ratio }) => isOnLogAxis(ratio));
  return { id, title, baseline, points, drift };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const [TITLE, HEIGHT, LEFT] = [17, 52, 32];

function explanation(): Part {
  const lines = [
    'Each point: before / after of a pair over the',
    "item's median, left to right as they ran. Drift: the",
    'median of the last third over that of the first.',
  ];
  const drawn = lines.map((words, at) => `<text x="8" y="${12 + 15 * at}">${words}</text>`);
  return { svg: drawn.join(''), height: 54 };
}

/** The panels of one item, side by side under its title. */
function rowOf(panels: readonly Panel[], width: number): Part[] {
  const title = titleLabel(panels[0]?.title ?? '');
  const heading = plot({
    height: TITLE,
    x: { type: 'identity', axis: null },
    y: { type: 'identity', axis: null },
    marks: [
      text([title], {
        frameAnchor: 'left',
        textAnchor: 'start',
        fontWeight: 600,
        text: (words: string) => words,
      }),
    ],
  });
  return [
    heading,
    ...panels.map((panel, at) => ({
      ...drawing(panel, width),
      height: HEIGHT + 6,
      x: (at % 2) * width,
      isBeside: at % 2 === 0 && at < panels.length - 1,
    })),
  ];
}

function drawing({ baseline, points, drift }: Panel, width: number): Part {
  const farthest = Math.max(1.5, most(points.map(({ ratio }) => Math.max(ratio, 1 / ratio))));
  const reach = farthest > 1.5 ? Math.min(1e6, Math.max(2, farthest)) : 1.5;
  const ticks = ticksFor(reach);
  const words = `${baseline}${isOnLogAxis(drift) ? `, drift ${drift.toFixed(2)}x` : ''}`;
  return plot({
    width,
    height: HEIGHT,
    marginLeft: LEFT,
    marginRight: 6,
    marginTop: 14,
    marginBottom: 4,
    x: { axis: null, domain: [0, most(points.map(({ at }) => at)) + 1] },
    y: { type: 'log', domain: [1 / reach, reach], clamp: true, axis: null },
    marks: [
      gridY({ ticks, stroke: colour('grid'), strokeOpacity: 1 }),
      axisY({
        ticks,
        tickSize: 0,
        label: null,
        fontSize: 11,
        tickFormat: tickName,
      }),
      ruleY([1], { stroke: colour('ink') }),
      line(points, { x: 'at', y: 'ratio', stroke: colour('after'), strokeOpacity: 0.5, strokeWidth: 1 }),
      dot(points, { x: 'at', y: 'ratio', r: 1.7, fill: colour('after') }),
      text([label(words, 24)], {
        frameAnchor: 'top-left',
        textAnchor: 'start',
        dy: -13,
        fill: colour('muted'),
        text: (line: string) => line,
      }),
    ],
  });
}

/** One tick on either side of 1, as far from it as the farthest point. */
function ticksFor(reach: number): number[] {
  if (reach < 2) return [0.7, 1, 1.5];
  const outer = Math.floor(Math.min(reach, 100));
  return [1 / outer, 1, outer];
}

const tickName = (tick: number): string => (tick <= 0.5 ? `1/${Math.round(1 / tick)}` : String(tick));

function inWords(panels: readonly Panel[]): string {
  const drifting = panels
    .filter(({ drift }) => isOnLogAxis(drift))
    .toSorted((a, b) => distance(b) - distance(a));
  const [farthest] = drifting;
  const told = farthest
    ? ` From the first third of the pairs to the last, the median ratio changes most in ${named(farthest.title)} on ${farthest.baseline}: by a factor of ${farthest.drift.toFixed(2)}; in ${drifting.filter((panel) => distance(panel) > Math.log(1.25)).length} of ${counted(panels.length, 'panel')} it changes by more than 1.25.`
    : '';
  return `${counted(panels.length, 'panel')}, one for each item and baseline, with the ratio of every pair over the item's median, in the order in which the pairs ran.${told}`;
}

const distance = ({ drift }: Panel): number => Math.abs(Math.log(drift));
