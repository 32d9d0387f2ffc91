import { judgeNight } from '../history/gate.ts';
import { night, readTaking, usualNights, writeLogging } from '../history/night.fixture.ts';
import type { NightContext } from './gate-sections.ts';
import { sampleTrends } from './sample-trends.fixture.ts';

/** A read that lost its index and is slower, and a write with more WAL; fewer findings are new. */
export const worseNight = night(25, [
  {
    ...readTaking(0.14),
    exact: {
      ...readTaking(0.1).exact,
      'plan after': 'Limit(Sort(Seq Scan[posts]))',
      'indexes used': 'no index',
    },
  },
  writeLogging(1_500, 95),
]);

/** A failed night after 25 usual ones. */
export const sampleNight = (): NightContext => ({
  gate: judgeNight(usualNights(25), worseNight),
  acceptCommand: 'index-impact gate reports/run-25/result.json --history history --accept "why"',
  trends: sampleTrends(),
});
