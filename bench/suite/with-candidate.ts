import { resolve } from 'node:path';
import { pathOf } from '../model/file-location.ts';
import type { ReadItem, WriteItem } from '../model/work-item.ts';
import { nameOfCandidate, type Suite } from './suite.ts';

/**
 * The suite with another candidate in the place of its own, called after its file. The claims are left out: they are
 * made of the suite's own. One of the suite's opportunities comes with the statements that it would serve, and need not
 * reach goals that were set for something else.
 */
export function withCandidate(suite: Suite, path: string): Suite {
  const up = resolve(path);
  if (up === pathOf(suite.candidate.up)) return suite;
  const other = { ...suite, candidate: { name: nameOfCandidate(up), up }, claims: [] };
  const chosen = suite.opportunities.find(({ asWritten, nearest }) =>
    [asWritten, nearest].map(pathOf).includes(up),
  );
  if (!chosen) return other;
  return {
    ...other,
    reads: [...suite.reads, ...chosen.reads.map(alwaysMeasured)],
    writes: [...suite.writes, ...chosen.writes.map(alwaysMeasured)],
    goals: [],
    opportunities: suite.opportunities.filter((opportunity) => opportunity !== chosen),
  };
}

const alwaysMeasured = <Item extends ReadItem | WriteItem>(item: Item): Item => ({
  ...item,
  workload: 'headline',
  weight: 1,
});
