import type { Baseline } from '../model/arm.ts';
import { ClaimVerdict } from '../model/claim.ts';
import { likenessText } from '../format/likeness-text.ts';
import { changeText, overheadText, ratioText } from '../format/quantity.ts';
import { inSentence } from '../format/plain-text.ts';
import { MOST_ROUNDS } from './precision.ts';
import { plannedOtherwise } from './other-plans.ts';
import { forecastPrecision, type Forecast } from './precision-forecast.ts';
import { lacksPrecision } from './warnings.ts';
import { worseTails } from './worse-tails.ts';
import { NOISY } from '../model/outcome.ts';
import type { MeasuredRead, MeasuredWrite } from '../model/item-result.ts';
import type { Result } from '../model/result.ts';

/** All verdicts, and the measurements beside them. */
type Judgements = Pick<
  Result,
  | 'run'
  | 'rounds'
  | 'reads'
  | 'writes'
  | 'canaries'
  | 'storage'
  | 'claims'
  | 'migration'
  | 'likeness'
  | 'servers'
>;

/**
 * The verdict in a few sentences: what the candidate improves, what it does not change, what it costs, how sure that
 * is. A verdict that stands comes before the noise of the run, and one that noise leaves open after it.
 */
export function summarize(judged: Judgements): string[] {
  const [verdict, noise, reasons] = [verdictSentence(judged), noiseSentence(judged), otherReasons(judged)];
  const isOpen = judged.migration?.verdict === 'inconclusive';
  return [
    ...likenessSentence(judged),
    ...(isOpen ? [...noise, ...verdict] : [...verdict, ...noise]),
    ...reasons,
    ...sentence('Reads', judged, readClause),
    ...alreadyServed(judged),
    ...sentence('Writes', judged, writeClause),
    ...serversSentence(judged),
    ...storageSentence(judged),
    ...claimsSentence(judged),
    ...confidenceSentence(judged),
  ];
}

/** Rows that are unlike the source's say little of it: that comes first. */
function likenessSentence({ likeness, reads, writes }: Judgements): string[] {
  if (!likeness) return [];
  const doubted = plannedOtherwise([...reads, ...writes]);
  const titles = [...new Set(doubted.map(({ title }) => inSentence(title)))];
  const unbelieved = titles.length > 0 ? [`not to be believed: ${titles.join('; ')}`] : [];
  return [`${[`Rows made from statistics: ${likenessText(likeness)}`, ...unbelieved].join('; ')}.`];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The verdict on the whole migration, and the first reason for it. */
function verdictSentence({ migration }: Judgements): string[] {
  if (!migration) return [];
  const { verdict, baseline, reasons } = migration;
  return [`${capital(verdict)} (on ${baseline}): ${reasons[0] ?? ''}.`];
}

const otherReasons = ({ migration }: Judgements): string[] =>
  (migration?.reasons ?? []).slice(1).map((reason) => `${capital(reason)}.`);

/** One sentence, with a clause for each baseline that has figures. */
function sentence(
  subject: string,
  judged: Judgements,
  clause: (judged: Judgements, baseline: Baseline) => string | undefined,
): string[] {
  const clauses = judged.run.baselines
    .map((baseline) => clause(judged, baseline))
    .filter((text) => text !== undefined);
  return clauses.length > 0 ? [`${subject}: ${clauses.join('; ')}.`] : [];
}

const measuredReads = ({ reads }: Judgements, baseline: Baseline): MeasuredRead[] =>
  reads.filter((read) => read.state === 'measured').filter((read) => read.baseline === baseline);

const measuredWrites = ({ writes }: Judgements, baseline: Baseline): MeasuredWrite[] =>
  writes.filter((write) => write.state === 'measured').filter((write) => write.baseline === baseline);

function readClause(judged: Judgements, baseline: Baseline): string | undefined {
  const reads = measuredReads(judged, baseline);
  if (reads.length === 0) return undefined;
  const faster = reads.filter(({ verdict }) => verdict === 'faster');
  const most = faster.toSorted((a, b) => b.estimate.point - a.estimate.point)[0];
  const slower = reads.filter(({ verdict }) => verdict === 'slower').length;
  return [
    `on ${baseline} ${faster.length} of ${reads.length} become faster`,
    ...(most ? [`by up to ${ratioText(most.estimate)} (${inSentence(most.title)})`] : []),
    ...(slower > 0 ? [`and ${slower} slower`] : []),
  ].join(' ');
}

function writeClause(judged: Judgements, baseline: Baseline): string | undefined {
  const writes = measuredWrites(judged, baseline);
  if (writes.length === 0) return undefined;
  const slower = writes.filter(({ verdict }) => verdict === 'slower');
  const most = slower.toSorted((a, b) => b.estimate.point - a.estimate.point)[0];
  const faster = writes.filter(({ verdict }) => verdict === 'faster').length;
  const tails = worseTails(writes).length;
  return [
    `on ${baseline} ${slower.length} of ${writes.length} become slower`,
    ...(most ? [`by up to ${overheadText(most.estimate)} (${inSentence(most.title)})`] : []),
    ...(faster > 0 ? [`and ${faster} faster`] : []),
    ...(tails > 0 ? [`and ${tails} at p99 only`] : []),
  ].join(' ');
}

/** The least speedup that is called "several times faster". */
const SEVERAL = 2;

/** Reads that an index of the shipped schema already served. A comparison with bare tables hides them. */
function alreadyServed(judged: Judgements): string[] {
  const onBare = new Map(measuredReads(judged, 'bare').map((read) => [read.id, read]));
  const served = measuredReads(judged, 'shipped').filter(({ id, estimate, plans }) => {
    const helpsOnBare = (onBare.get(id)?.estimate.low ?? 0) >= SEVERAL;
    return helpsOnBare && estimate.high < SEVERAL && plans.before.indexes.length > 0;
  });
  if (served.length === 0) return [];
  const gains = served.map(
    (read) =>
      `${inSentence(read.title)} is ${ratioText(read.estimate)} as fast as with ${read.plans.before.indexes.join(' and ')}`,
  );
  return [`Not several times faster on shipped, because an index already served them: ${gains.join('; ')}.`];
}

/** What would otherwise pass for an effect of the candidate. */
function serversSentence({ servers }: Judgements): string[] {
  if (!servers) return [];
  const { ratio, arms } = servers;
  const [known, because] =
    arms === 'stay'
      ? ['it is taken out of every other time, and its interval is in theirs', 'yardsticks']
      : ['the arms changed places, so that no other time has this in it', 'canaries'];
  if (!ratio)
    return [`Servers: how far the two differ is not known, because the ${because} had too few rounds.`];
  return [
    `Servers: without the candidate, that of --after takes ${ratioText(ratio)} as long as that of --before; ${known}.`,
  ];
}

function storageSentence({ storage, run }: Judgements): string[] {
  const clauses = run.baselines.flatMap((baseline) => {
    const tables = storage.filter((table) => table.baseline === baseline);
    const before = tables.reduce((sum, table) => sum + table.before.tableBytes + table.before.indexBytes, 0);
    const after = tables.reduce((sum, table) => sum + table.after.tableBytes + table.after.indexBytes, 0);
    return before > 0 ? [`${changeText(after / before - 1)} on ${baseline}`] : [];
  });
  if (clauses.length === 0) return [];
  return [`Storage: tables and indexes together change by ${clauses.join(', ')}.`];
}

function claimsSentence({ claims }: Judgements): string[] {
  if (claims.length === 0) return [];
  const counts = ClaimVerdict.options.map(
    (verdict) => `${claims.filter((claim) => claim.verdict === verdict).length} ${verdict}`,
  );
  return [`Claims: ${counts.join(', ')}.`];
}

/** Every row has the same. */
function noiseSentence({ reads, writes }: Judgements): string[] {
  const [measured] = [...reads, ...writes].filter((row) => row.state === 'measured');
  const noise = (measured?.warnings ?? []).filter(({ code }) => code === NOISY);
  return noise.map(({ cause, remedy }) => `Noisy: ${cause}; ${remedy}.`);
}

function confidenceSentence(judged: Judgements): string[] {
  const { reads, writes } = judged;
  const rows = [...reads, ...writes];
  const measured = rows.filter((row) => row.state === 'measured');
  if (rows.length === 0) return [];
  const precise = measured.filter(({ warnings }) => !lacksPrecision(warnings)).length;
  const failed = rows.length - measured.length;
  return [
    [
      `Brackets are 95 % intervals for such a run on this machine, repeated; ${precise} of ${rows.length} rows reached`,
      `the target precision within ${measuredSeconds(judged)} s`,
      ...(failed > 0 ? [`and ${failed} could not be measured`] : []),
    ].join(' ') + '.',
    ...forecastSentence(forecastPrecision(judged)),
  ];
}

/** A short budget is exceeded by the rounds that an interval needs. */
function measuredSeconds({ run, rounds }: Judgements): number {
  const last = rounds.at(-1);
  return Math.max(run.budgetSeconds, last ? Math.round(last.startedAtSeconds + last.seconds) : 0);
}

function forecastSentence(forecast: Forecast | undefined): string[] {
  if (!forecast) return [];
  const { rounds, seconds } = forecast;
  if (seconds !== undefined)
    return [`Four of five rows would reach it with about --budget ${Math.ceil(seconds / 10) * 10}.`];
  return [
    `Four of five rows would need about ${rounds} rounds on this machine, and a row has ${MOST_ROUNDS} at most: measure on a quieter one.`,
  ];
}
