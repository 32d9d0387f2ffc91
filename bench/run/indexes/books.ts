import type { BuiltIndex } from '../../database/candidate.ts';
import type { PerArm } from '../../model/arm.ts';
import type { CandidateBuilds } from './builds.ts';
import type { Workload } from './workload.ts';

/** What every account starts from. */
export interface Books {
  databases: PerArm<string>;
  built: readonly BuiltIndex[];
  builds: CandidateBuilds;
  workload: Workload;
}
