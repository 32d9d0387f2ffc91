import { binomialInterval, mostHits } from '../analyse/binomial.ts';
import type { PerArm } from '../model/arm.ts';
import type { UpdateCounters } from '../model/counters.ts';
import type { Recommendation } from '../model/ledger.ts';
import type { Qualification, QualifiedCase } from '../model/qualification.ts';
import { overheadText, ratioText } from '../format/quantity.ts';
import type { MeasuredRead, MeasuredWrite } from '../model/item-result.ts';
import type { Result } from '../model/result.ts';
import { measuredQuantile, p99AgainstMedian } from '../model/tails.ts';

/** The outcome of a case: the sentence to show, and the errors of the harness. */
export type Finding = Pick<QualifiedCase, 'found' | 'problems'>;

type MeasuredRow = MeasuredRead | MeasuredWrite;

/** Every row is equal on both arms, and the harness says so. */
export function nothingDiffers(results: readonly Result[]): Finding {
  const { measured, problems } = rowsOf(results);
  const wrong = measured.filter(({ verdict }) => verdict !== 'no material difference');
  return {
    found: `${measured.length - wrong.length} of ${measured.length} rows without material difference`,
    problems: [...problems, ...wrong.map(describe)],
  };
}

/** No row is called faster or slower; inconclusive is correct, too. */
export function nothingIsClaimed(results: readonly Result[]): Finding {
  const { measured, problems } = rowsOf(results);
  const wrong = measured.filter(({ verdict }) => verdict === 'faster' || verdict === 'slower');
  const verdicts = [...new Set(measured.map(({ verdict }) => verdict))];
  return {
    found: `${measured.length} rows, ${verdicts.join(' or ')}`,
    problems: [...problems, ...wrong.map(describe)],
  };
}

/** Every row has this verdict, and its interval reaches into the range of the true value. */
export const allAre =
  (verdict: 'faster' | 'slower', [least, most]: readonly [number, number] = [0, Infinity]) =>
  (results: readonly Result[]): Finding => {
    const { measured, problems } = rowsOf(results);
    const wrong = measured.filter(
      ({ verdict: judged, estimate: { low, high } }) => judged !== verdict || high < least || low > most,
    );
    return {
      found: measured.map(describe).join('; '),
      problems: [...problems, ...wrong.map((row) => `${describe(row)}, not ${verdict}`)],
    };
  };

/** By how much p50 may differ, as a share: which list an entry is appended to makes some microseconds. */
const SAME_MEDIAN = 0.02;

/** Every write is slower at p99, not in the median, and the harness says so. */
export function onlyP99IsSlower(results: readonly Result[]): Finding {
  const { measured, problems } = rowsOf(results);
  const found = measured.map((row) => ({
    text: `${describe(row)}, ${quantileText(row, 0.5)}, ${quantileText(row, 0.99)}`,
    isRight: hasSameMedian(row) && p99AgainstMedian(row)?.verdict === 'slower',
  }));
  return {
    found: found.map(({ text }) => text).join('; '),
    problems: [
      ...problems,
      ...found.filter(({ isRight }) => !isRight).map(({ text }) => `${text}: not slower at p99 alone`),
    ],
  };
}

function hasSameMedian({ tails }: MeasuredRow): boolean {
  const { low = NaN, high = NaN } = measuredQuantile(tails, 0.5)?.estimate ?? {};
  return low <= SAME_MEDIAN && high >= -SAME_MEDIAN;
}

function quantileText({ tails }: MeasuredRow, share: 0.5 | 0.99): string {
  const found = measuredQuantile(tails, share);
  return `p${share * 100} ${found ? overheadText(found.estimate) : 'unknown'}`;
}

const updatesOf = (counters: MeasuredWrite['counters']): PerArm<UpdateCounters>[] =>
  counters?.before.updates && counters.after.updates
    ? [{ before: counters.before.updates, after: counters.after.updates }]
    : [];

/** Every update is HOT before, none is after. */
export function allHotUpdatesAreLost(results: readonly Result[]): Finding {
  const { measured, problems } = rowsOf(results);
  const counts = measured.flatMap((row) => ('operation' in row ? updatesOf(row.counters) : []));
  const found = counts.map(({ before, after }) => {
    const share = (arm: typeof before): string => `${arm.hotUpdates} of ${arm.updates} HOT`;
    return `before ${share(before)}, after ${share(after)}`;
  });
  const isRight = counts.every(
    ({ before, after }) =>
      before.updates > 0 &&
      before.hotUpdates === before.updates &&
      after.hotUpdates === 0 &&
      after.updates === before.updates,
  );
  const isCounted = counts.length > 0 && isRight;
  return {
    found: found.join('; '),
    problems: isCounted ? problems : [...problems, 'not every update before, and none after'],
  };
}

/** Every index of the candidate gets this recommendation. */
export const eachIndexIs =
  (action: Recommendation['action']) =>
  (results: readonly Result[]): Finding => {
    const accounts = results.flatMap(({ ledger }) => ledger?.accounts ?? []);
    const judgements = accounts.map((account) =>
      account.state === 'failed'
        ? `${account.name} failed: ${account.error.message}`
        : `${account.name}: ${account.recommendation.action}, ${account.recommendation.reason}`,
    );
    const isRight = accounts.every(
      (account) => account.state === 'measured' && account.recommendation.action === action,
    );
    const { problems } = rowsOf(results);
    return {
      found: judgements.join('; '),
      problems: accounts.length > 0 && isRight ? problems : [...problems, `not every index: ${action}`],
    };
  };

/** The error rate of a 95 % interval, and how rarely a correct harness exceeds the limit. */
const STATED_RATE = 0.05;
const HARSH = 0.02;

/** How often the interval of a row with identical arms excludes 1. */
export function exclusionsIn(results: readonly Result[]): Qualification['exclusions'] {
  const { measured } = rowsOf(results);
  const hits = measured.filter(({ estimate: { low, high }, ...row }) => {
    const same = 'operation' in row ? 0 : 1;
    return low > same || high < same;
  }).length;
  const trials = measured.length;
  return { hits, trials, ...binomialInterval(hits, trials), most: mostHits(trials, STATED_RATE, HARSH) };
}

function rowsOf(results: readonly Result[]): { measured: MeasuredRow[]; problems: string[] } {
  const rows = results.flatMap(({ reads, writes }) => [...reads, ...writes]);
  return {
    measured: rows.filter((row) => row.state === 'measured'),
    problems: rows.flatMap((row) =>
      row.state === 'failed' ? [`${row.id} failed: ${row.error.message}`] : [],
    ),
  };
}

const describe = (row: MeasuredRow): string =>
  `${row.id} ${row.verdict} ${'operation' in row ? overheadText(row.estimate) : ratioText(row.estimate)}`;
