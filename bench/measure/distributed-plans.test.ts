import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { planFrom, type ExplainedNode } from '../database/plan-tree.ts';
import { outline } from '../model/plan.ts';
import { countersOf, taskPlanningMs, type CountedNode } from './read-counts.ts';

/** As Citus 13.0.3 on PostgreSQL 15 explains them, on a coordinator with two workers. */
const explained = JSON.parse(
  readFileSync(new URL('../database/cluster/explained-plans.fixture.json', import.meta.url), 'utf8'),
) as Record<string, { plain: CountedNode; verbose: ExplainedNode } | undefined>;

/** A suffix follows each name, and in a long one a hash: these are Citus's own. */
const LONG = 'posts_by_author_and_then_by_the_time_at_which_they_were_written';
const roots = new Map(
  [...JSON.stringify(explained).matchAll(/"(?:Relation|Index) Name":"([^"]+)"/g)].map(([, shard = '']) => [
    shard,
    shard.startsWith('posts_by_author') ? LONG : shard.replace(/_\d{6}$/, ''),
  ]),
);

const planOf = (name: string) => {
  const { plain, verbose } = found(name);
  return planFrom(plain, verbose, roots);
};
const found = (name: string) => {
  const plans = explained[name];
  if (!plans) throw new Error(`there is no plan of ${name}`);
  return plans;
};

describe('the plan of a distributed query', () => {
  test.each([
    [
      'router',
      `Custom Scan (Citus Adaptive) <- Limit (1 task) <- Index Only Scan of ${LONG}`,
      { execution: 'router', tasks: 1 },
    ],
    [
      'fan-out',
      'Aggregate <- Custom Scan (Citus Adaptive) <- Aggregate (3 tasks) <- Index Only Scan of posts_at',
      { execution: 'fan-out', tasks: 3 },
    ],
    [
      'reference',
      'Custom Scan (Citus Adaptive) <- Seq Scan of authors (1 task)',
      { execution: 'router', tasks: 1 },
    ],
    ['repartition', 'Aggregate <- Custom Scan (Citus Adaptive)', { execution: 'repartition' }],
  ])('%s: its tasks are one node under the names of whole tables', (name, text, distributed) => {
    const plan = planOf(name);
    expect(outline(plan.tree)).toBe(text);
    expect(plan.distributed).toMatchObject(distributed);
    expect(plan.signature).not.toMatch(/_\d{6}/);
  });

  test('a subplan stands before the tasks that use its rows', () => {
    const { tree, distributed } = planOf('subplan');
    expect(outline(tree)).toMatch(/Custom Scan \(Citus Adaptive\) <- Distributed Subplan <- Limit <- Sort/);
    expect(distributed).toEqual({ execution: 'fan-out', tasks: 6, subplans: 1 });
  });

  test('it is the same plan where EXPLAIN shows the first task alone', () => {
    expect(planOf('first task')).toEqual(planOf('fan-out'));
  });

  test('tasks with other plans are nodes of their own, in whatever order the shards come', () => {
    const { plain, verbose } = found('fan-out');
    const scanned = JSON.parse(
      JSON.stringify(plain).replace('"Node Type":"Index Only Scan"', '"Node Type":"Seq Scan"'),
    ) as ExplainedNode;
    const reversed = JSON.parse(JSON.stringify(scanned), (key, value: unknown) =>
      key === 'Tasks' ? (value as unknown[]).toReversed() : value,
    ) as ExplainedNode;
    const plan = planFrom(scanned, verbose, roots);
    expect(plan.signature).toContain('Seq Scan');
    expect(plan.signature).toContain('Index Only Scan');
    expect(planFrom(reversed, verbose, roots)).toEqual(plan);
  });
});

test('the planning of a task is the mean of those that EXPLAIN shows', () => {
  const { plain } = found('fan-out');
  const times = [...JSON.stringify(plain).matchAll(/"Planning Time":([\d.]+)/g)].map(([, ms]) => Number(ms));
  expect(times).toHaveLength(3);
  expect(taskPlanningMs(plain)).toBeCloseTo(times.reduce((a, b) => a + b) / 3, 9);
  expect(taskPlanningMs(found('repartition').plain)).toBeUndefined();
});

describe('the counters of a distributed query', () => {
  const cluster = [19700, 19701, 19702].map((port, place) => ({
    name: place === 0 ? 'coordinator' : `worker ${place}`,
    host: '127.0.0.1',
    port: String(port),
  }));

  test('are the sums of its tasks, and stand by node', () => {
    const counters = countersOf(found('fan-out').plain, cluster);
    const blocks = [
      ...JSON.stringify(found('fan-out').plain).matchAll(/"Remote Plan":\[\[\{"Plan":(\{.*?),"Plans"/g),
    ].map(
      ([, top = '']) =>
        Number(/"Shared Hit Blocks":(\d+)/.exec(top)?.[1]) +
        Number(/"Shared Read Blocks":(\d+)/.exec(top)?.[1]),
    );
    expect(blocks).toHaveLength(3);
    const sum = blocks.reduce((a, b) => a + b);
    expect(counters.sharedBlocks).toBe(sum);
    expect(counters.tasks).toEqual({ parts: 3, least: Math.min(...blocks), most: Math.max(...blocks), sum });
    expect(counters.nodes?.map(({ node, tasks }) => [node, tasks])).toEqual([
      ['worker 1', 2],
      ['worker 2', 1],
    ]);
    expect(counters.nodes?.reduce((so, node) => so + node.sharedBlocks, 0)).toBe(sum);
  });

  test('count what a copy of a reference table on the coordinator reads', () => {
    const { nodes, sharedBlocks, rows } = countersOf(found('reference').plain, cluster);
    expect(nodes).toMatchObject([{ node: 'coordinator', tasks: 1, sharedBlocks }]);
    expect(sharedBlocks).toBeGreaterThan(0);
    expect(rows).toBe(1);
  });
});
