import { diffArrays } from 'diff';
import { outline, timesText, type PlanNode } from '../../model/plan.ts';
import { shortened } from '../../format/plain-text.ts';
import { milliseconds, ratioText } from '../../format/quantity.ts';
import type { MeasuredRead } from '../../model/item-result.ts';
import type { Result } from '../../model/result.ts';
import { planLines } from '../plan-lines.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { label, titleLabel, xml } from './label.ts';
import { named } from './words.ts';

/** The figure of one read whose plan changes. */
export interface PlanFigure extends Figure {
  read: MeasuredRead;
}

/** For every read whose plan changes: both plans as trees, one below the other. */
export const planFigures = ({ reads }: Result): PlanFigure[] =>
  reads.flatMap((read, at) =>
    read.state === 'measured' && read.plans.changed ? [{ read, ...planFigure(read, at + 1) }] : [],
  );

function planFigure(read: MeasuredRead, number: number): Figure {
  const { before, after } = read.plans;
  const lines = [planLines(before.tree), planLines(after.tree)] as const;
  const [gone, come] = changedLines(...lines);
  const time = ({ durationMs }: MeasuredRead['before']): string => label(milliseconds(durationMs.point), 16);
  const about = {
    name: `plan-${number}`,
    title: `Plan of ${named(read.title)} on ${read.baseline}, before and after`,
    alternative: `Before, ${milliseconds(read.before.durationMs.point)}: ${shortened(outline(before.tree), 600)}. After, ${milliseconds(read.after.durationMs.point)}: ${shortened(outline(after.tree), 600)}. ${ratioText(read.estimate)} as fast.`,
  };
  return figure(about, [
    heading(titleLabel(read.title)),
    heading(`before, ${read.baseline}: ${time(read.before)}`, 'before'),
    tree(before.tree, gone, 'before'),
    heading(`after: ${time(read.after)}`, 'after'),
    tree(after.tree, come, 'after'),
  ]);
}

/** The lines that only the first plan has, and the lines that only the second has. */
function changedLines(before: readonly string[], after: readonly string[]): [Set<number>, Set<number>] {
  const [gone, come] = [new Set<number>(), new Set<number>()];
  let [here, there] = [0, 0];
  for (const { count, added, removed } of diffArrays([...before], [...after])) {
    for (let step = 0; step < count; step += 1) {
      if (removed) gone.add(here + step);
      if (added) come.add(there + step);
    }
    if (!added) here += count;
    if (!removed) there += count;
  }
  return [gone, come];
}

/** The class of what only this arm's plan has. */
type ArmClass = 'before' | 'after';

const heading = (words: string, arm = ''): Part => ({
  svg: `<text class="${`strong ${arm}`.trim()}" x="8" y="14">${xml(words)}</text>`,
  height: 22,
});

interface Placed {
  node: PlanNode;
  depth: number;
  /** The parent's position; undefined for the root. */
  parent: Placed | undefined;
  y: number;
}

const [LINE, INDENT, MOST, DEEPEST] = [16, 16, 40, 9];

/** In EXPLAIN's order: a node, then the nodes that it reads from. */
function flattened(root: PlanNode): Placed[] {
  const placed: Placed[] = [];
  let y = 0;
  const place = (node: PlanNode, depth: number, parent: Placed | undefined): void => {
    const own = { node, depth: Math.min(depth, DEEPEST), parent, y };
    placed.push(own);
    y += LINE * (1 + detailsOf(node).length) + 6;
    for (const child of node.children) place(child, depth + 1, own);
  };
  place(root, 0, undefined);
  return placed;
}

/** What a node reads and what it sorts by, one line each. */
const detailsOf = (node: PlanNode): string[] => [
  ...(node.relation === undefined ? [] : [`on ${node.relation}${timesText(node)}`]),
  ...(node.index === undefined ? [] : [`using ${node.index}`]),
  ...(node.sortKey === undefined ? [] : [`by ${node.sortKey.join(', ')}`]),
];

function tree(root: PlanNode, changed: ReadonlySet<number>, arm: ArmClass): Part {
  const all = flattened(root);
  const shown = all.slice(0, MOST);
  const signed = shown.filter((_, at) => changed.has(at));
  const bottom = all[MOST]?.y ?? lowest(shown);
  const rest =
    all.length > MOST
      ? `<text class="quiet" x="22" y="${bottom + 12}">and ${all.length - MOST} more</text>`
      : '';
  const layers = [
    `<path class="branch" d="${shown.map(branch).join('')}"/>`,
    layer(`strong ${arm}`, signed.map(signText(arm === 'before' ? '−' : '+'))),
    layer('strong', shown.map(typeText)),
    layer('quiet', shown.flatMap(detailTexts)),
    rest,
  ];
  return { svg: layers.join(''), height: bottom + (rest ? LINE : 0) + 10 };
}

const layer = (name: string, texts: readonly string[]): string =>
  texts.length === 0 ? '' : `<g class="${name}">${texts.join('')}</g>`;

function lowest(placed: readonly Placed[]): number {
  const last = placed.at(-1);
  return last ? last.y + LINE * (1 + detailsOf(last.node).length) + 6 : 0;
}

const xOf = ({ depth }: Placed): number => 22 + depth * INDENT;

/** From below the parent's name down, then across to the node. */
function branch(placed: Placed): string {
  const { parent, y } = placed;
  return parent ? `M${xOf(parent) + 4} ${parent.y + LINE}V${y + 9}H${xOf(placed) - 3}` : '';
}

const signText =
  (sign: string) =>
  ({ y }: Placed): string =>
    `<text x="8" y="${y + 13}">${sign}</text>`;

/** How many characters have room to the right of a node's edge. */
const roomOf = (placed: Placed): number => Math.floor((WIDTH_OF_TEXT - xOf(placed)) / 7);

const typeText = (placed: Placed): string =>
  `<text x="${xOf(placed)}" y="${placed.y + 13}">${xml(label(placed.node.type, roomOf(placed)))}</text>`;

const detailTexts = (placed: Placed): string[] =>
  detailsOf(placed.node).map(
    (words, at) =>
      `<text x="${xOf(placed) + 10}" y="${placed.y + 13 + LINE * (at + 1)}">${xml(label(words, roomOf(placed) - 1))}</text>`,
  );

const WIDTH_OF_TEXT = 356;
