import type { SqlFile } from '../database/sql-file.ts';
import type { FileTransaction } from '../model/candidate.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Inspection } from './inspection.ts';

/** What a suite folder is made for. */
export interface FolderContent {
  /** Kebab-case. */
  name: string;
  candidate: string;
  /** In which the candidate is carried out; undefined for one, unless it cannot be. */
  transaction?: FileTransaction | undefined;
  /** Takes the candidate back; undefined where nobody has written it. */
  down?: SqlFile | undefined;
  inspection: Inspection;
  /** What the rows are made of; undefined where they are copied. */
  snapshot?: Snapshot | undefined;
}
