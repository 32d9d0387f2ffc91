import { crossovers } from '../../analyse/sweep/crossovers.ts';
import { indexGrowths } from '../../analyse/sweep/index-growths.ts';
import { pointsAt } from '../../analyse/sweep/sweep-points.fixture.ts';
import { SWEEP_VERSION, type Sweep } from '../../model/sweep.ts';

/** A sweep that found a crossover of one read, and predicts its index. */
export function sampleSweep(): Sweep {
  const points = pointsAt({
    1: { verdict: 'no material difference', builds: [3, 3.1, 3] },
    10: { uses: ['ix'], verdict: 'no material difference', builds: [12.4, 12.6] },
    10.9: { uses: ['ix'], verdict: 'faster', builds: [13.1] },
    100: { uses: ['ix'], verdict: 'faster', builds: [118, 121] },
  });
  const predict = { table: 'orders', rows: 20_000_000, scale: 20_000 };
  const settings = { maintenance_work_mem: '256MB', shared_buffers: '1GB' };
  return {
    sweepVersion: SWEEP_VERSION,
    id: 'sweep-20261128-120000-abcd',
    startedAt: '2026-11-28T12:00:00.000Z',
    outcome: { state: 'complete' },
    command: 'npx index-impact sweep --scales 1,10,100 --predict 20000000',
    flags: ['--scales', '1,10,100', '--predict', '20000000'],
    sources: { candidate: 'c'.repeat(64) },
    suite: { name: 'shop', title: 'Shop' },
    candidate: 'orders-index',
    baselines: ['shipped'],
    seed: 42,
    scales: [1, 10, 100],
    predict,
    environment: {
      target: 'embedded',
      postgresVersion: '18.4',
      machine: { cpu: 'Example CPU', cores: 2, memoryBytes: 8 * 1024 ** 3, os: 'Linux 6.1' },
      settings,
    },
    steps: 1,
    points,
    crossovers: crossovers(points),
    growths: indexGrowths(points, { rowsOf: () => predict.rows, settings }),
  };
}
