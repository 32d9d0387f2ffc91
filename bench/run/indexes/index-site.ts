import type { Demand } from '../../analyse/ledger/hourly-worth.ts';
import type { BuiltIndex } from '../../database/candidate.ts';
import type { Baseline, PerArm } from '../../model/arm.ts';
import type { ReadItem, WriteItem } from '../../model/work-item.ts';
import type { ObservedSite } from '../sites.ts';
import type { CandidateBuilds } from './builds.ts';

/** Where single indexes are measured, with the items that they may change. */
export interface IndexSite extends ObservedSite {
  baseline: Baseline;
  reads: readonly ReadItem[];
  writes: readonly WriteItem[];
}

/** Where every account of the ledger starts: with and without the whole candidate. */
export interface LedgerSite extends IndexSite {
  databases: PerArm<string>;
  built: readonly BuiltIndex[];
  builds: CandidateBuilds;
  /** Undefined where it is not known how often statements are called. */
  demand: Demand | undefined;
}

/** Two databases of which `after` has one index more than `before`. */
export interface Difference {
  databases: PerArm<string>;
  index: { name: string; table: string };
}
