import type { Result } from '../model/result.ts';
import type { CallsPerHour, KnownCandidate } from '../suites/qualification/suite.ts';
import {
  allAre,
  allHotUpdatesAreLost,
  eachIndexIs,
  nothingDiffers,
  nothingIsClaimed,
  onlyP99IsSlower,
  type Finding,
} from './truths.ts';

/** A candidate, the items it is measured on, and the expected outcome. */
export interface Case {
  name: string;
  truth: string;
  candidate: KnownCandidate;
  /** Their ids; with calls per hour each index is judged, too. */
  items: readonly string[] | CallsPerHour;
  /** The number of repetitions, each on a new server with another seed. */
  repeats: number;
  check: (results: readonly Result[]) => Finding;
}

/** Identical arms: nine items five times give the 45 rows that the error rate is counted over. */
export const NO_OP: Case = {
  name: 'no-op',
  truth: 'no row differs',
  candidate: 'no-op',
  items: [
    'by-id',
    'by-account',
    'top-priority',
    'per-account',
    'scan',
    'steady-work',
    'insert',
    'update-attempts',
    'delete',
  ],
  repeats: 5,
  check: nothingDiffers,
};

export const OTHERS: readonly Case[] = [
  {
    name: 'needed index',
    truth: 'the read that needs it is faster',
    candidate: 'needed-index',
    items: ['by-account'],
    repeats: 1,
    check: allAre('faster'),
  },
  {
    name: 'dropped index',
    truth: 'the read that needs it is slower',
    candidate: 'dropped-index',
    items: ['by-account'],
    repeats: 1,
    check: allAre('slower'),
  },
  {
    name: 'index on an updated column',
    truth: 'every HOT update is lost',
    candidate: 'updated-column-index',
    items: ['update-attempts'],
    repeats: 1,
    check: allHotUpdatesAreLost,
  },
  {
    name: 'a tenth more work after',
    truth: 'slower, before / after is 1 / 1.10',
    candidate: 'slower-by-a-tenth',
    items: ['steady-work'],
    repeats: 1,
    check: allAre('slower', [1 / 1.12, 1 / 1.08]),
  },
  {
    name: 'a pending list that is moved by one INSERT in 40',
    truth: 'slower at p99, not in the median',
    candidate: 'shorter-pending-list',
    items: ['insert-document'],
    repeats: 1,
    check: onlyP99IsSlower,
  },
  {
    name: 'pure noise',
    truth: 'no row is called faster or slower',
    candidate: 'no-op',
    items: ['noise-1', 'noise-2', 'noise-3', 'noise-4'],
    repeats: 1,
    check: nothingIsClaimed,
  },
  {
    name: 'useless index',
    truth: 'it is to be dropped',
    candidate: 'useless-index',
    items: { 'with-note': 3_000, insert: 3_000 },
    repeats: 1,
    check: eachIndexIs('drop'),
  },
  {
    name: 'index that a frequent read needs',
    truth: 'it is to be kept',
    candidate: 'needed-index',
    items: { 'by-account': 3_000, insert: 3_000 },
    repeats: 1,
    check: eachIndexIs('keep'),
  },
  {
    name: 'index that costs every HOT update, read often',
    truth: 'it is to be kept',
    candidate: 'priority-index',
    items: { 'top-priority': 3_000, 'update-priority': 3_000 },
    repeats: 1,
    check: eachIndexIs('keep'),
  },
  {
    name: 'index that costs every HOT update, hardly read',
    truth: 'it is to be dropped',
    candidate: 'priority-index',
    items: { 'top-priority': 1, 'update-priority': 3_000 },
    repeats: 1,
    check: eachIndexIs('drop'),
  },
];
