import type { ExactMetric } from '../model/night.ts';

/**
 * What an exact metric may change by from night to night before it counts as another one. `identity` must be the
 * same; a figure that is better when `less` or `more` may be worse by the larger of a share and an amount.
 */
export type Allowance =
  { kind: 'identity' } | { kind: 'figure'; better: 'less' | 'more'; share: number; amount: number };

const identity: Allowance = { kind: 'identity' };
const exactly: Allowance = { kind: 'figure', better: 'less', share: 0, amount: 0 };
const nearly: Allowance = { kind: 'figure', better: 'less', share: 0.01, amount: 0 };

/** Others on a server may add one: by a checkpoint, or by transactions that bring a page of the commit log to its end. */
const walRecords: Allowance = { kind: 'figure', better: 'less', share: 0, amount: 2 };
const hotUpdates: Allowance = { kind: 'figure', better: 'more', share: 0, amount: 0 };

export const ALLOWANCES: Readonly<Record<ExactMetric, Allowance>> = {
  presence: identity,
  'rows checksum': identity,
  'answer checksum': identity,
  'index definition': identity,
  validity: identity,
  'plan before': identity,
  'plan after': identity,
  'indexes used': identity,
  'blocks before': exactly,
  'blocks after': exactly,
  'WAL records before': walRecords,
  'WAL records after': walRecords,
  'WAL bytes before': nearly,
  'WAL bytes after': nearly,
  'HOT updates before': hotUpdates,
  'HOT updates after': hotUpdates,
  'bytes before': nearly,
  'bytes after': nearly,
};
