import type { Measurements } from '../analyse/judge.ts';
import type { Timed, YardstickMeasurement } from '../model/measurement.ts';
import type { ReadDescription } from '../model/work-item.ts';
import type { Round } from '../model/round.ts';

type TimedMeasurements = Measurements & { yardsticks: readonly YardstickMeasurement<ReadDescription>[] };

/** What was measured in rounds, as far as it was. */
export const timedInRounds = ({ reads, writes, canaries, yardsticks }: TimedMeasurements): Timed[] => [
  ...reads
    .filter((read) => read.state === 'measured')
    .flatMap((read) => [read, ...(read.generic?.state === 'measured' ? [read.generic] : [])]),
  ...writes
    .filter((write) => write.state === 'measured')
    .flatMap((write) => [write, ...(write.asynchronous ? [write.asynchronous] : [])]),
  ...canaries.filter((canary) => canary.state === 'measured'),
  ...yardsticks.filter((yardstick) => yardstick.state === 'measured'),
];

/** The last round that any pair was measured in. One that was interrupted is not among the rounds that ended. */
export const lastRoundOf = (measured: TimedMeasurements & { rounds: readonly Round[] }): number =>
  timedInRounds(measured)
    .flatMap(({ pairs }) => pairs)
    .reduce((last, { round = 0 }) => Math.max(last, round), measured.rounds.at(-1)?.ordinal ?? 0);
