import type { Connection } from '../database/connection.ts';
import { attempted } from '../database/item-failure.ts';
import { planOf } from '../measure/explain.ts';
import { comparePlans, drawKey } from '../measure/reads.ts';
import type { Statement } from '../measure/statement.ts';
import type { PlanNode, QueryPlan } from '../model/plan.ts';
import type { SweptPlan } from '../model/sweep.ts';
import type { ReadItem } from '../model/work-item.ts';

/** A read with the values of its parameters, and its plan without the candidate. */
interface Planned {
  read: ReadItem;
  statement: Statement;
  plan: QueryPlan;
}

/** The plans of all reads that can be planned. Nothing is executed but key queries. */
export async function plansBefore(reads: readonly ReadItem[], connection: Connection): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const read of reads) {
    const found = await attempted(read.sql, async () => {
      const statement = { sql: read.sql, parameters: await drawKey(connection, read.key) };
      return { statement, plan: await planOf(connection, statement) };
    });
    if (found.state === 'measured') planned.push({ read, ...found });
  }
  return planned;
}

/** The same with the candidate in place, compared. */
export async function plansAfter(
  before: readonly Planned[],
  candidateIndexes: ReadonlySet<string>,
  connection: Connection,
): Promise<Omit<SweptPlan, 'baseline'>[]> {
  const compared: Omit<SweptPlan, 'baseline'>[] = [];
  for (const { read, statement, plan } of before) {
    const after = await attempted(read.sql, async () => ({ plan: await planOf(connection, statement) }));
    if (after.state === 'failed') continue;
    const { changed, candidateIndexes: used } = comparePlans(plan, after.plan, candidateIndexes);
    const tables = [...new Set(tablesOf(plan.tree))];
    compared.push({ read: read.id, title: read.title, changed, candidateIndexes: used, tables });
  }
  return compared;
}

const tablesOf = ({ relation, children }: PlanNode): string[] => [
  ...(relation === undefined ? [] : [relation]),
  ...children.flatMap(tablesOf),
];
