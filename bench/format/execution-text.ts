import type { Distributed } from '../model/plan.ts';
import { counted } from './quantity.ts';

/** "router", "fan-out, 8 tasks": how Citus carries a query out. */
export function executionText({ execution, tasks, subplans = 0 }: Distributed): string {
  return [
    execution,
    ...(execution === 'fan-out' ? [counted(tasks, 'task')] : []),
    ...(subplans > 0 ? [counted(subplans, 'subplan')] : []),
  ].join(', ');
}
