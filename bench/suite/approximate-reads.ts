import { UsageError } from '../model/errors.ts';
import type { Suite } from './suite.ts';

/** The suite with these reads allowed to answer approximately. Ids of no read are left out. */
export const withApproximate = (suite: Suite, ids: readonly string[]): Suite => ({
  ...suite,
  reads: suite.reads.map((read) => (ids.includes(read.id) ? { ...read, approximate: true } : read)),
});

/**
 * The same for ids that somebody has typed.
 *
 * @throws UsageError for ids of no read
 */
export function approximately(suite: Suite, ids: readonly string[]): Suite {
  const known = suite.reads.map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id)).map((id) => `"${id}"`);
  if (unknown.length > 0)
    throw new UsageError([
      `--approximate: ${unknown.join(', ')} is no read; the reads are:\n    ${known.join('\n    ')}`,
    ]);
  return withApproximate(suite, ids);
}
