import type { TableSource } from '../model/dataset.ts';
import type { FileLocation } from '../model/file-location.ts';
import type { Goal, Mix } from '../model/migration.ts';
import type { ExpectedIndex } from '../model/verification.ts';
import type { ReadItem, WriteItem } from '../model/work-item.ts';
import type { Opportunity } from './opportunity.ts';
import type { Claim } from './claim.ts';

/** A catalog query that the suite's document prints, and the nearest form that works where it does not. */
export interface DocumentedQuery {
  title: string;
  sql: string;
  workingForm?: string;
}

/** All that is specific to one application. */
export interface Suite {
  /** Kebab-case. */
  name: string;
  title: string;
  /** SQL files, in the order they are applied; they leave the baseline `shipped`. */
  migrations: readonly FileLocation[];
  candidate: { name: string; up: FileLocation; down: FileLocation };
  dataset: {
    /** In an order that satisfies foreign keys. */
    tables: readonly TableSource[];
    /** Updates that give the freshly loaded heap the gaps of one that has been in use. */
    age: FileLocation;
  };
  reads: readonly ReadItem[];
  writes: readonly WriteItem[];
  /**
   * Ids of a fast read, an INSERT and an UPDATE that every run also measures between two copies without the
   * candidate, to see what the run itself makes of no difference.
   */
  canaries: readonly string[];
  /** Id of the write that is also measured from several sessions at once, under `--workload full`. */
  concurrentWrite?: string;
  /** Unless these reads become as much faster, the candidate is not to be shipped. */
  goals: readonly Goal[];
  /** Reads to writes among the application's statements, and why they are taken to be so. */
  mix: Mix & { reason: string };
  /** Indexes that the document proposes for later, measured under `--workload full`. */
  opportunities?: readonly Opportunity[];
  documented: {
    /** The candidate's indexes as the document describes them. */
    indexes: readonly ExpectedIndex[];
    queries: readonly DocumentedQuery[];
  };
  /** What the document states and a run can check, in its order. @default none */
  claims?: readonly Claim[];
}

/** Declares a suite: the default export of the module that `--suite` names. */
export const defineSuite = (suite: Suite): Suite => suite;
