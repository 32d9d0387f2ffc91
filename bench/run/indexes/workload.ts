import type { Baseline, PerArm } from '../../model/arm.ts';
import type { ReadItem, WriteItem } from '../../model/work-item.ts';
import type { Session } from '../session.ts';

/** Two databases of which `after` has one index more than `before`. */
export interface Difference {
  databases: PerArm<string>;
  index: { name: string; table: string };
}

/** What an index may change, and where it is measured. */
export interface Workload {
  session: Session;
  baseline: Baseline;
  reads: readonly ReadItem[];
  writes: readonly WriteItem[];
}
