import type { Inspection } from './inspection.ts';

/** What a suite folder is made for. */
export interface FolderContent {
  /** Kebab-case. */
  name: string;
  candidate: string;
  inspection: Inspection;
}
