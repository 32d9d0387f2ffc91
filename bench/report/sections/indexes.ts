import { bytes, milliseconds } from '../../model/quantity.ts';
import type { CandidateIndex, Result } from '../../model/result.ts';
import { left, right, type Section } from './section.ts';

/** The candidate's indexes: size, build time on each baseline, and how many of the reads measured use each. */
export function indexesSection(result: Result): Section {
  const { baselines } = result.run;
  const rows = result.candidate.indexes.map((index) => [
    index.name,
    index.table,
    bytes(index.bytes),
    ...baselines.map((baseline) => buildTime(index, baseline)),
    String(readsUsing(result, index.name)),
  ]);
  const builds = baselines.map((baseline) => right(`built, ${baseline}`));
  const columns = [left('index'), left('table'), right('size'), ...builds, right('reads using it')];
  return {
    title: 'Indexes',
    tables: rows.length > 0 ? [{ caption: undefined, columns, rows }] : [],
    remarks: [],
  };
}

function buildTime(index: CandidateIndex, baseline: string): string {
  const build = index.builds.find((candidate) => candidate.baseline === baseline);
  return build ? milliseconds(build.buildMs) : '';
}

/** Different reads: one that uses the index on two baselines counts once. */
function readsUsing({ reads }: Result, index: string): number {
  const using = reads.filter(
    (read) => read.state === 'measured' && read.plans.candidateIndexes.includes(index),
  );
  return new Set(using.map(({ id }) => id)).size;
}
