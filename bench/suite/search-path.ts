import { quoted } from '../model/relation.ts';
import type { Suite } from './suite.ts';

/** The session setting that has a suite's names looked up in its schemas; none where the server decides. */
export const searchPathSetting = ({ searchPath }: Pick<Suite, 'searchPath'>): Record<string, string> =>
  searchPath === undefined ? {} : { search_path: searchPath.map(quoted).join(', ') };
