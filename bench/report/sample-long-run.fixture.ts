import { latencyOf, loadedArm, throughputRatio } from '../analyse/long-run.ts';
import { randomFor } from '../../seed/random.ts';
import type { Arm } from '../model/arm.ts';
import type { LongRun, Stretch } from '../model/long-run.ts';

const SECONDS = 30;
const PER_SECOND = { before: 1_240, after: 1_150 };

/** A long run: a checkpoint slows the arm after down, and stalls it for a second. */
export function sampleLongRun(): LongRun {
  const random = randomFor(1, 'long run');
  const stretch = (arm: Arm, ordinal: number): Stretch => {
    const isHit = ordinal === 2;
    return {
      arm,
      executions: Array.from({ length: SECONDS }, (_, second) =>
        Math.round(PER_SECOND[arm] * (isHit && second === 12 ? 0.1 : 1 - 0.15 * random())),
      ),
      latency: latencyOf(durations(arm)),
      refused: ordinal === 3 ? 2 : 0,
      checkpoints: isHit ? [13] : [],
      vacuums: ordinal > 1 ? [4, 19] : [],
    };
  };
  const durations = (arm: Arm): number[] =>
    Array.from({ length: 500 }, () => (6_000 / PER_SECOND[arm]) * (0.2 + 2 * random() ** 4));
  const stretches = (['before', 'after', 'after', 'before'] as const).map(stretch);
  const armOf = (arm: Arm, [tableBytes, indexBytes, deadRows]: readonly [number, number, number]) =>
    loadedArm(
      stretches.filter((one) => one.arm === arm),
      durations(arm),
      {
        atStart: { tableBytes: 52_000_000, indexBytes, deadRows: 0 },
        atEnd: { tableBytes, indexBytes: Math.round(1.08 * indexBytes), deadRows },
      },
    );
  const throughput = throughputRatio(stretches);
  return {
    baseline: 'shipped',
    sessions: 8,
    stretches,
    before: armOf('before', [54_500_000, 21_000_000, 3_120]),
    after: armOf('after', [56_100_000, 33_000_000, 7_410]),
    ...(throughput && { throughput }),
    settings: { autovacuum: 'on', autovacuum_naptime: '5s', checkpoint_timeout: '5min', max_wal_size: '1GB' },
    usedUp: ['DELETE leads'],
    leftOut: [],
  };
}
