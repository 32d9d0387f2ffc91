import { most } from '../../model/extent.ts';
import type { Baseline } from '../../model/arm.ts';
import type { Pair } from '../../model/pair.ts';
import { counted } from '../../format/quantity.ts';
import type { Result } from '../../model/result.ts';
import { isOnLogAxis } from './axis.ts';
import { figure, WIDTH, type Figure, type Part } from './figure.ts';
import { label, titleLabel, xml } from './label.ts';
import { marked, numberText, polyline, type Point } from './short-path.ts';
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
  const alternative = inWords(panels);
  const title = `Ratios of the pairs in run order: ${kind}`;
  return figure({ name: `pairs-${kind}`, title, alternative }, [explanation(), drawing(panels)]);
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

const [TITLE, HEIGHT, GAP] = [17, 52, 6];

/** The margins within a panel. */
const [LEFT, RIGHT, ABOVE, BELOW] = [32, 6, 14, 4];

function explanation(): Part {
  const lines = [
    'Each point: before / after of a pair over the',
    "item's median, left to right as they ran. Drift: the",
    'median of the last third over that of the first.',
  ];
  const drawn = lines.map((words, at) => `<text x="8" y="${12 + 15 * at}">${words}</text>`);
  return { svg: drawn.join(''), height: 54 };
}

/** A panel and its place in the picture. */
interface Placed extends Panel {
  left: number;
  right: number;
  top: number;
  /** Ratios from 1 / reach to reach have room. */
  reach: number;
}

/** Every panel at its place: those of one item are side by side under its title. */
function placed(panels: readonly Panel[]) {
  const ids = [...new Set(panels.map(({ id }) => id))];
  const width = ids.length === panels.length ? WIDTH : WIDTH / 2;
  const titles = [];
  const all: Placed[] = [];
  let y = 0;
  for (const id of ids) {
    const own = panels.filter((panel) => panel.id === id);
    titles.push({ words: titleLabel(own[0]?.title ?? ''), y: y + 12 });
    y += TITLE;
    own.forEach((panel, at) => {
      const left = (at % 2) * width;
      const top = y + Math.floor(at / 2) * (HEIGHT + GAP);
      all.push({ ...panel, left: left + LEFT, right: left + width - RIGHT, top, reach: reachOf(panel) });
    });
    y += Math.ceil(own.length / 2) * (HEIGHT + GAP);
  }
  return { titles, all, height: y };
}

function reachOf({ points }: Panel): number {
  const farthest = Math.max(1.5, most(points.map(({ ratio }) => Math.max(ratio, 1 / ratio))));
  return farthest > 1.5 ? Math.min(1e6, Math.max(2, farthest)) : 1.5;
}

/** Drawn without Plot, all panels together: there are many, and each has little in it. */
function drawing(panels: readonly Panel[]): Part {
  const { titles, all, height } = placed(panels);
  const across = (panel: Placed, ratio: number): string =>
    `M${panel.left} ${numberText(heightOf(panel, ratio))}H${panel.right}`;
  const layers = [
    `<path class="grid" d="${all.flatMap((panel) => ticksFor(panel).map((tick) => across(panel, tick))).join('')}"/>`,
    `<path class="rule" d="${all.map((panel) => across(panel, 1)).join('')}"/>`,
    marked('<circle class="dot" r="1.7"/>', `class="run" d="${all.map(runPath).join('')}"`),
    `<g class="tick">${all.flatMap((panel) => ticksFor(panel).map((tick) => tickText(panel, tick))).join('')}</g>`,
    `<g class="quiet">${all.map(wordsText).join('')}</g>`,
    `<g class="strong">${titles.map(({ words, y }) => `<text x="8" y="${y}">${xml(words)}</text>`).join('')}</g>`,
  ];
  return { svg: layers.join('\n'), height };
}

function runPath(panel: Placed): string {
  const { points, left, right } = panel;
  const step = (right - left) / (most(points.map(({ at }) => at)) + 1);
  const path = polyline(points.map(({ at, ratio }): Point => [left + at * step, heightOf(panel, ratio)]));
  return path.replace('m', 'M');
}

/** On a logarithmic axis from 1 / reach to reach; a ratio beyond it is at the edge. */
function heightOf({ top, reach }: Placed, ratio: number): number {
  const share = Math.max(-1, Math.min(1, Math.log(ratio) / Math.log(reach)));
  return top + ABOVE + ((1 - share) * (HEIGHT - ABOVE - BELOW)) / 2;
}

const tickText = (panel: Placed, tick: number): string =>
  `<text x="${panel.left - 9}" y="${numberText(heightOf(panel, tick) + 3.3)}">${tickName(tick)}</text>`;

function wordsText({ baseline, drift, left, top }: Placed): string {
  const words = `${baseline}${isOnLogAxis(drift) ? `, drift ${drift.toFixed(2)}x` : ''}`;
  return `<text x="${left}" y="${top + 9}">${xml(label(words, 24))}</text>`;
}

/** One tick on either side of 1, as far from it as the farthest point. */
function ticksFor({ reach }: Placed): number[] {
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
