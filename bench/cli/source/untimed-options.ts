import { NO_HOST } from '../../servers/target.ts';
import { searchPathSetting } from '../../suite/search-path.ts';
import type { Suite } from '../../suite/suite.ts';

/** How the measuring server is opened while nothing is timed on it yet. */
export const untimedOptions = (suite: Pick<Suite, 'searchPath'>, signal: AbortSignal) => ({
  scale: 1,
  statementTimeoutSeconds: 600,
  sessionSettings: searchPathSetting(suite),
  keep: false,
  signal,
  ...NO_HOST,
});
