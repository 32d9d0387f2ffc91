import type { ReadMeasurement, Timed } from '../model/measurement.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Block, Pair, PairedDurations } from '../model/pair.ts';
import type { ReadDescription } from '../model/work-item.ts';
import { ratiosOf, type Ratios } from './ratios.ts';
import { plainMean, type Mean } from './trimmed-mean.ts';

/** From fewer, Student's interval for one more says nothing. */
export const FEWEST_YARDSTICKS = 3;

/**
 * What distinguishes the servers of arms that stay where they are, in the log ratio of any statement, on each clock. Yardsticks
 * are statements without the candidate. Each meets the servers' difference in its own way, a scan of memory in another than
 * a sort; so what is known of one more statement is Student's prediction interval from those that were measured (Hahn and
 * Meeker, "Statistical Intervals", on one future observation).
 *
 * @returns nothing on a clock with too few yardsticks
 */
export function serversApart(yardsticks: readonly Outcome<Timed>[]): Ratios {
  const ratios = ratiosOf(yardsticks, {});
  return {
    client: ofOneMore(ratios.flatMap(({ client }) => client ?? [])),
    server: ofOneMore(ratios.flatMap(({ server }) => server ?? [])),
  };
}

function ofOneMore(means: readonly Mean[]): Mean | undefined {
  if (means.length < FEWEST_YARDSTICKS) return undefined;
  const { error, ...mean } = plainMean(means.map(({ point }) => point));
  return { ...mean, error: error * Math.sqrt(means.length + 1) };
}

/** A read as it would be if both servers were alike. Quantiles of its executions would have to be moved one by one: it has none. */
export function onAlikeServers(
  read: ReadMeasurement<ReadDescription>,
  apart: Ratios,
): ReadMeasurement<ReadDescription> {
  if (read.state === 'failed') return read;
  const { generic, ...timed } = read;
  return {
    ...withoutExecutions(timed),
    pairs: pairsAlike(read.pairs, apart),
    planning: planningAlike(read.planning, apart),
    ...(read.taskPlanning && { taskPlanning: planningAlike(read.taskPlanning, apart) }),
    ...(generic && {
      generic:
        generic.state === 'measured' ? { ...generic, pairs: pairsAlike(generic.pairs, apart) } : generic,
    }),
  };
}

function withoutExecutions<Read extends Timed>(read: Read): Omit<Read, 'executions'> {
  const kept = { ...read };
  delete kept.executions;
  return kept;
}

const planningAlike = (durations: PairedDurations, { client }: Ratios): PairedDurations =>
  durations.map(({ before, after, ...rest }) => ({
    ...rest,
    before: before * factorOf(client, 'before'),
    after: after * factorOf(client, 'after'),
  }));

const pairsAlike = (pairs: readonly Pair[], apart: Ratios): Pair[] =>
  pairs.map((pair) => ({
    ...pair,
    before: blockAlike(pair.before, 'before', apart),
    after: blockAlike(pair.after, 'after', apart),
  }));

/** On a clock that tells nothing of the servers there is no time. */
function blockAlike(
  { serverMeanMs, ...block }: Block,
  arm: 'before' | 'after',
  { client, server }: Ratios,
): Block {
  return {
    ...block,
    medianMs: block.medianMs * factorOf(client, arm),
    ...(server && serverMeanMs !== undefined && { serverMeanMs: serverMeanMs * factorOf(server, arm) }),
  };
}

/** Half of the difference is taken out of either arm. */
const factorOf = (apart: Mean | undefined, arm: 'before' | 'after'): number =>
  Math.exp(((apart?.point ?? 0) * (arm === 'before' ? -1 : 1)) / 2);
