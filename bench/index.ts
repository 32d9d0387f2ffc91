/** What a suite of another application imports. */
export { defineSuite, type DocumentedQuery, type Suite } from './suite/define-suite.ts';
export type { Cell, RowContext, TableSource } from './model/dataset.ts';
export type { Result } from './model/result.ts';
export type { DrawContext, KeyQuery, Parameter, Random, ReadItem, WriteItem } from './model/work-item.ts';
