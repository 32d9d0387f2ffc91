import type { SqlFile } from '../database/sql-file.ts';
import type { Inspection } from './inspection.ts';

/** What a suite folder is made for. */
export interface FolderContent {
  /** Kebab-case. */
  name: string;
  candidate: string;
  /** Takes the candidate back; undefined where nobody has written it. */
  down?: SqlFile | undefined;
  inspection: Inspection;
}
