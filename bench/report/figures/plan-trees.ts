import { diffArrays } from 'diff';
import { outline, type PlanNode } from '../../model/plan.ts';
import { shortened } from '../../format/plain-text.ts';
import { milliseconds, ratioText } from '../../format/quantity.ts';
import type { MeasuredRead, Result } from '../../model/result.ts';
import { planLines } from '../plan-lines.ts';
import { colour, type Colour } from './figure-style.ts';
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

function heading(words: string, name: Colour = 'ink'): Part {
  return {
    svg: `<text class="strong" x="8" y="14" style="fill:${colour(name)}">${xml(words)}</text>`,
    height: 22,
  };
}

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
const detailsOf = ({ relation, index, sortKey }: PlanNode): string[] => [
  ...(relation === undefined ? [] : [`on ${relation}`]),
  ...(index === undefined ? [] : [`using ${index}`]),
  ...(sortKey === undefined ? [] : [`by ${sortKey.join(', ')}`]),
];

function tree(root: PlanNode, changed: ReadonlySet<number>, name: Colour): Part {
  const all = flattened(root);
  const shown = all.slice(0, MOST);
  const sign = name === 'before' ? '−' : '+';
  const nodes = shown.map((placed, at) => nodeText(placed, changed.has(at) ? { sign, name } : undefined));
  const bottom = all[MOST]?.y ?? lowest(shown);
  const rest =
    all.length > MOST
      ? `<text class="quiet" x="22" y="${bottom + 12}">and ${all.length - MOST} more</text>`
      : '';
  return { svg: [...shown.map(branch), ...nodes, rest].join(''), height: bottom + (rest ? LINE : 0) + 10 };
}

function lowest(placed: readonly Placed[]): number {
  const last = placed.at(-1);
  return last ? last.y + LINE * (1 + detailsOf(last.node).length) + 6 : 0;
}

const xOf = ({ depth }: Placed): number => 22 + depth * INDENT;

/** From below the parent's name down, then across to the node. */
function branch(placed: Placed): string {
  const { parent, y } = placed;
  if (!parent) return '';
  const x = xOf(parent) + 4;
  return `<path d="M${x},${parent.y + LINE}V${y + 9}H${xOf(placed) - 3}" fill="none" stroke="${colour('muted')}"/>`;
}

function nodeText(placed: Placed, change: { sign: string; name: Colour } | undefined): string {
  const { node, y } = placed;
  const room = Math.floor((WIDTH_OF_TEXT - xOf(placed)) / 7);
  const mark = change
    ? `<text class="strong" x="8" y="${y + 13}" style="fill:${colour(change.name)}">${change.sign}</text>`
    : '';
  const type = `<text class="strong" x="${xOf(placed)}" y="${y + 13}">${xml(label(node.type, room))}</text>`;
  const details = detailsOf(node).map(
    (words, at) =>
      `<text class="quiet" x="${xOf(placed) + 10}" y="${y + 13 + LINE * (at + 1)}">${xml(label(words, room - 1))}</text>`,
  );
  return [mark, type, ...details].join('');
}

const WIDTH_OF_TEXT = 356;
