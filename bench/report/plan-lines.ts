import { diffArrays } from 'diff';
import { timesText, type PlanNode } from '../model/plan.ts';

/** A plan as an indented tree, one node a line: "Index Scan on leads using ix_leads_score_created". */
export function planLines(node: PlanNode, depth = 0): string[] {
  const relation = node.relation === undefined ? '' : ` on ${node.relation}`;
  const index = node.index === undefined ? '' : ` using ${node.index}`;
  const sort = node.sortKey === undefined ? '' : ` by ${node.sortKey.join(', ')}`;
  const own = `${'  '.repeat(depth)}${node.type}${relation}${timesText(node)}${index}${sort}`;
  return [own, ...node.children.flatMap((child) => planLines(child, depth + 1))];
}

/** Both plans in one tree: "-" before a node of the plan before only, "+" before a node of the plan after only. */
export const planDiff = (before: PlanNode, after: PlanNode): string =>
  diffArrays(planLines(before), planLines(after))
    .flatMap(({ value, added, removed }) =>
      value.map((line) => `${added ? '+' : removed ? '-' : ' '} ${line}`),
    )
    .join('\n');
