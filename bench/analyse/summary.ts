import type { Baseline } from '../model/arm.ts';
import { overheadText, percentText, ratioText } from '../model/quantity.ts';
import type { MeasuredRead, MeasuredWrite, Result } from '../model/result.ts';

type Found = Pick<Result, 'run' | 'candidate' | 'reads' | 'writes' | 'storage'>;

/** The verdict in a few sentences: what the candidate wins, what it does not change, what it costs, how sure. */
export function summarize(found: Found): string[] {
  const { baselines } = found.run;
  return [
    ...baselines.flatMap((baseline) => winSentence(found, baseline)),
    ...alreadyServed(found),
    ...baselines.flatMap((baseline) => costSentence(found, baseline)),
    ...storageSentence(found),
    ...confidenceSentence(found),
  ];
}

const measuredReads = ({ reads }: Found, baseline: Baseline): MeasuredRead[] =>
  reads.filter((read) => read.state === 'measured').filter((read) => read.baseline === baseline);

const measuredWrites = ({ writes }: Found, baseline: Baseline): MeasuredWrite[] =>
  writes.filter((write) => write.state === 'measured').filter((write) => write.baseline === baseline);

function winSentence(found: Found, baseline: Baseline): string[] {
  const reads = measuredReads(found, baseline);
  if (reads.length === 0) return [];
  const faster = reads.filter(({ verdict }) => verdict === 'faster');
  const best = faster.toSorted((a, b) => b.estimate.point - a.estimate.point)[0];
  const range = best ? `, at most ${ratioText(best.estimate)} (${best.title.replace(/ +/, ' ')})` : '';
  const rest = (['no material difference', 'slower', 'inconclusive', 'unstable'] as const)
    .map((verdict) => ({ verdict, count: reads.filter((read) => read.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`);
  const others = rest.length > 0 ? `; ${rest.join(', ')}` : '';
  return [`On ${baseline}, ${faster.length} of ${reads.length} reads become faster${range}${others}.`];
}

/** Several times faster: what a reader means by an index that helps. */
const SEVERAL = 2;

/** Reads that an index of the shipped schema served before, which a document that starts from bare hides. */
function alreadyServed(found: Found): string[] {
  const served = measuredReads(found, 'shipped').filter(({ id, estimate, plans }) => {
    const onBare = measuredReads(found, 'bare').find((read) => read.id === id);
    const helpsOnBare = onBare !== undefined && onBare.estimate.low >= SEVERAL;
    return helpsOnBare && estimate.high < SEVERAL && plans.before.indexes.length > 0;
  });
  return served.map(({ title, estimate, plans }) => {
    const name = title.replace(/ +/, ' ');
    const indexes = plans.before.indexes.join(' and ');
    return `On shipped, "${name}" gains only ${ratioText(estimate)}: ${indexes} served it already.`;
  });
}

function costSentence(found: Found, baseline: Baseline): string[] {
  const writes = measuredWrites(found, baseline);
  const slower = writes.filter(({ verdict }) => verdict === 'slower');
  const worst = slower.toSorted((a, b) => b.estimate.point - a.estimate.point)[0];
  if (writes.length === 0) return [];
  if (!worst) return [`On ${baseline}, none of ${writes.length} writes becomes slower beyond doubt.`];
  return [
    `On ${baseline}, ${slower.length} of ${writes.length} writes become slower, at most ${overheadText(worst.estimate)} (${worst.title}).`,
  ];
}

function storageSentence({ candidate, storage, run }: Found): string[] {
  const tables = storage.filter(({ baseline }) => baseline === run.baselines[0]);
  const before = tables.reduce((sum, table) => sum + table.before.tableBytes + table.before.indexBytes, 0);
  const added = candidate.indexes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (before === 0) return [];
  const share = percentText(added / before);
  return [
    `The ${candidate.indexes.length} indexes take ${share} more disk than tables and indexes of ${run.baselines[0]} did.`,
  ];
}

function confidenceSentence({ run, reads, writes }: Found): string[] {
  const rows = [...reads, ...writes];
  const measured = rows.filter((row) => row.state === 'measured');
  if (measured.length === 0) return [];
  const precise = measured.filter(({ warnings }) => warnings.length === 0).length;
  const failed = rows.length - measured.length;
  const failures = failed > 0 ? `; ${failed} could not be measured` : '';
  return [
    `Intervals are 95 % ones over interleaved pairs; ${precise} of ${measured.length} rows reached the precision aimed at within ${run.budgetSeconds} s${failures}.`,
  ];
}
