import type { FileLocation } from '../model/file-location.ts';
import type { ReadItem, WriteItem } from '../model/work-item.ts';

/** An index that the suite's document proposes for later. */
export interface Opportunity {
  title: string;
  table: string;
  /** The statement of the document. */
  asWritten: FileLocation;
  /** The nearest form that can be created on the schema; it may drop an index that it is to be held against. */
  nearest: FileLocation;
  /** Queries that it would serve. */
  reads: readonly ReadItem[];
  /** What keeps it up, beside the suite's own writes. */
  writes: readonly WriteItem[];
}
