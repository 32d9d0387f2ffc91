/**
 * What a suite imports as `index-impact`, wherever it lies: `defineSuite`, `drawRow`, `fromStatistics`, and the types of all that a
 * suite may hold.
 */
export { defineSuite } from './define-suite.ts';
export { drawRow } from './draw-row.ts';
export { fromStatistics } from './from-statistics.ts';
export type {
  DocumentedQuery,
  OpportunityDefinition,
  ReadDefinition,
  SuiteDefinition,
  WriteDefinition,
} from './define-suite.ts';
export type { FileLocation } from '../model/file-location.ts';
export type { Cell, CopiedTable, GeneratedTable, RowContext, TableSource } from '../model/dataset.ts';
export type {
  DrawContext,
  KeyQuery,
  Parameter,
  Random,
  Workload,
  WriteOperation,
} from '../model/work-item.ts';
export type { Goal, Mix } from '../model/migration.ts';
export type { ExpectedIndex } from '../model/verification.ts';
export type { Claim, JudgedRun, ProbeAnswer } from './claim.ts';
export type { ClaimEvidence } from '../model/claim.ts';
export type { Result } from '../model/result.ts';
