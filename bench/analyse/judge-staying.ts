import { ratioText } from '../format/quantity.ts';
import type { Estimate } from '../model/estimate.ts';
import type { ReadMeasurement, YardstickMeasurement } from '../model/measurement.ts';
import { NOISY, type Failure, type Warning } from '../model/outcome.ts';
import type { ReadResult } from '../model/item-result.ts';
import type { Result } from '../model/result.ts';
import type { TwoServers } from '../model/two-servers.ts';
import type { ReadDescription } from '../model/work-item.ts';
import { asMeasured, estimateOf, logRatios, meanLogRatio } from './estimates.ts';
import { judge } from './judge.ts';
import { onAlikeServers, serversApart, FEWEST_YARDSTICKS } from './servers-apart.ts';
import type { Mean } from './trimmed-mean.ts';

/** What was measured of databases that stay on their servers. */
interface StayingMeasurements {
  reads: readonly ReadMeasurement<ReadDescription>[];
  yardsticks: readonly YardstickMeasurement<ReadDescription>[];
}

type Judged = Pick<Result, 'reads' | 'writes' | 'canaries'> & {
  /** What is known of the servers. */
  apart: Required<Pick<TwoServers, 'yardsticks'>> & Pick<TwoServers, 'ratio'>;
};

/**
 * Turns the reads of databases that stay on their servers into results: what yardsticks tell of the servers is taken out of every
 * time, and its uncertainty is in every interval. Where too few yardsticks tell it, no read has a time.
 */
export function judgeStaying({ reads, yardsticks }: StayingMeasurements): Judged {
  const between = yardsticks.filter((one) => one.between === 'servers');
  const canaries = yardsticks.filter((one) => one.between !== 'servers');
  const apart = serversApart(between);
  const ratio = apart.client && { ...ratioOf(apart.client), n: apart.client.df + 1, method: METHOD };
  const alike = reads.map((read) => onAlikeServers(read, apart));
  const judged = judge(
    { reads: alike, writes: [], canaries },
    {
      apart,
      twins: 'two sessions of one database',
      noise: apartWarning(ratio),
    },
  );
  return {
    ...judged,
    reads: judged.reads.map((row, position) => asItWas(row, reads[position], ratio !== undefined)),
    apart: { yardsticks: between.flatMap(judgedYardstick), ...(ratio && { ratio }) },
  };
}

const METHOD = "Student's prediction interval for one more statement than the yardsticks";

const ratioOf = (mean: Mean) => estimateOf({ ...mean, point: -mean.point });

/** With its own times. */
function asItWas(
  row: ReadResult,
  read: ReadMeasurement<ReadDescription> | undefined,
  isKnown: boolean,
): ReadResult {
  if (row.state === 'failed' || read?.state !== 'measured') return row;
  if (isKnown) return { ...row, pairs: [...read.pairs] };
  const { id, title, baseline, sql, weight, source, parameters } = row;
  return { id, title, baseline, sql, weight, source, parameters, state: 'failed', error: UNKNOWN };
}

const UNKNOWN: Failure = {
  message: `how far the servers differ is not known: fewer than ${FEWEST_YARDSTICKS} yardsticks were measured in enough rounds`,
  detail: 'Raise --budget.',
};

function judgedYardstick(
  yardstick: YardstickMeasurement<ReadDescription>,
): { title: string; ratio: Estimate }[] {
  if (yardstick.state === 'failed') return [];
  const durations = asMeasured(yardstick.pairs);
  const mean = meanLogRatio(durations);
  if (!mean) return [];
  const method = 'trimmed mean over rounds, t interval';
  return [
    { title: yardstick.item.title, ratio: { ...ratioOf(mean), n: logRatios(durations).length, method } },
  ];
}

/** How far the interval of the servers' difference may reach from it, as that of a canary from 1. */
const SEPARABLE = 1.05;

const apartWarning = (ratio: Estimate | undefined): Warning[] =>
  !ratio || ratio.high / ratio.point <= SEPARABLE
    ? []
    : [
        {
          code: NOISY,
          cause: `what the servers make of a statement cannot be told from what the candidate does within 5 %: without the candidate that of --after takes ${ratioText(ratio)} as long`,
          remedy: 'raise --budget, or measure on servers that are alike',
        },
      ];
