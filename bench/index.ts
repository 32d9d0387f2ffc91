/** What a suite of another application imports. */
export type { Claim, JudgedRun, ProbeAnswer } from './suite/claim.ts';
export type { ClaimEvidence } from './model/claim.ts';
export {
  defineSuite,
  type DocumentedQuery,
  type OpportunityDefinition,
  type ReadDefinition,
  type SuiteDefinition,
  type WriteDefinition,
} from './suite/define-suite.ts';
export type { Cell, RowContext, TableSource } from './model/dataset.ts';
export type { Result } from './model/result.ts';
export type { DrawContext, KeyQuery, Parameter, Random, ReadItem, WriteItem } from './model/work-item.ts';
