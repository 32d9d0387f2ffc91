import type { Claim } from '../../suite/claim.ts';
import { bTreeClaims } from './claims/b-tree.ts';
import { compositeClaims } from './claims/composites.ts';
import { costClaims } from './claims/costs.ts';
import { creationClaims } from './claims/creation.ts';
import { diskClaims } from './claims/disk.ts';
import { exampleClaims } from './claims/examples.ts';
import { foreignKeyClaims } from './claims/foreign-keys.ts';
import { historyClaims } from './claims/history.ts';
import { improvementClaims } from './claims/improvements.ts';
import { inventoryClaims } from './claims/inventory.ts';
import { maintenanceClaims } from './claims/maintenance.ts';
import { opportunityClaims } from './claims/opportunities.ts';
import { partialIndexClaims } from './claims/partial-index.ts';
import { patternClaims } from './claims/patterns.ts';
import { rangeClaims } from './claims/ranges.ts';
import { verificationClaims } from './claims/verification.ts';

/**
 * Every checkable statement of indexing-strategy.md, in its order. The copy of the document that lies beside this
 * file is whole but for the closing lines that say when, as which migration and by whom it was generated.
 */
export const claims: readonly Claim[] = [
  inventoryClaims.allModels,
  inventoryClaims.applied,
  inventoryClaims.total,
  inventoryClaims.foreignKeys,
  inventoryClaims.singleColumn,
  inventoryClaims.composites,
  foreignKeyClaims.notAutomatic,
  patternClaims.foreignKeys,
  rangeClaims.foreignKeys,
  patternClaims.timestamps,
  patternClaims.filters,
  rangeClaims.singleColumn,
  patternClaims.composites,
  compositeClaims.firstColumn,
  partialIndexClaims.reduces,
  rangeClaims.composites,
  inventoryClaims.bTree,
  bTreeClaims.equality,
  bTreeClaims.range,
  bTreeClaims.sorting,
  bTreeClaims.prefix,
  bTreeClaims.nulls,
  bTreeClaims.share,
  ...improvementClaims,
  costClaims.byOperation,
  maintenanceClaims.automatic,
  diskClaims.increase,
  diskClaims.varies,
  foreignKeyClaims.manually,
  foreignKeyClaims.allIndexed,
  compositeClaims.selectiveFirst,
  compositeClaims.leadingInWhere,
  bTreeClaims.noOthers,
  partialIndexClaims.excludesNull,
  partialIndexClaims.improves,
  inventoryClaims.naming,
  creationClaims.concurrent,
  creationClaims.noDuplicates,
  creationClaims.safe,
  ...verificationClaims,
  ...historyClaims,
  ...exampleClaims,
  ...opportunityClaims,
  maintenanceClaims.unused,
  maintenanceClaims.bloat,
  maintenanceClaims.vacuum,
  maintenanceClaims.statistics,
  rangeClaims.common,
  costClaims.overall,
  foreignKeyClaims.proper,
  compositeClaims.optimized,
  costClaims.scalable,
  inventoryClaims.totalAgain,
  patternClaims.allFaster,
];
