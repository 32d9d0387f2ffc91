import type { PlanNode } from '../../../model/plan.ts';
import type { Baseline } from '../../../model/arm.ts';
import { inSentence } from '../../../format/plain-text.ts';
import type { Claim, JudgedRun } from '../../../suite/claim.ts';
import { judged, shareVerdict } from './evidence.ts';
import { fromRead } from './found.ts';

type Place = Pick<Claim, 'section' | 'quote'> & { read: string };

const nodes = (node: PlanNode): PlanNode[] => [node, ...node.children.flatMap(nodes)];

const names = (indexes: readonly string[]): string =>
  indexes.length > 0 ? indexes.join(' and ') : 'no index';

/** What the document says of the plan before: these node types, such as `Seq Scan`, are in it. */
export const planBefore = ({ read, section, quote }: Place, types: readonly string[]): Claim => ({
  id: `${read}-plan-before`,
  section,
  quote,
  confirmedBy: `the plan before has ${types.join(' and ')}`,
  judge: fromRead(read, ({ baseline, plans: { before } }) => {
    const found = nodes(before.tree).map(({ type }) => type);
    const present = types.filter((type) => found.includes(type));
    return [
      {
        baseline,
        text: `the plan before is ${found.join(', ')} with ${names(before.indexes)}`,
        verdict: shareVerdict(present.length, types.length),
      },
    ];
  }),
});

/** What the document says of the plan after: it uses all of these indexes; with some of them, partly. */
export const planAfter = ({ read, section, quote }: Place, indexes: readonly string[]): Claim => ({
  id: `${read}-plan-after`,
  section,
  quote,
  confirmedBy: `the plan after uses ${indexes.join(' and ')}`,
  judge: fromRead(read, ({ baseline, plans: { after } }, found) => {
    const used = indexes.filter((index) => after.indexes.includes(index));
    const text = `the plan after uses ${names(after.indexes)}`;
    if (indexes.length === 1) return [judged(used.length === 1, text, baseline)];
    const others = otherKeys(found, read, baseline);
    return [{ baseline, text: text + others, verdict: shareVerdict(used.length, indexes.length) }];
  }),
});

/** "; Example 2, hot key: .." for the same query with other keys, which may take another index each. */
const otherKeys = ({ reads }: JudgedRun, read: string, baseline: Baseline): string =>
  reads
    .filter((other) => other.state === 'measured')
    .filter((other) => other.baseline === baseline && other.id.startsWith(`${read}-`))
    .map(({ title, plans: { after } }) => `; ${inSentence(title)}: ${names(after.indexes)}`)
    .join('');
