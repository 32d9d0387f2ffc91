import { judgeNight } from '../history/gate.ts';
import { night, readTaking, usualNights, writeLogging } from '../history/night.fixture.ts';
import type { NightContext } from './gate-sections.ts';
import { sampleTrends } from './sample-trends.fixture.ts';

/** A read that has lost its index, is slower for it, and a write that logs more, in fewer new places. */
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

/** A night that fails, after 25 as usual. */
export const sampleNight = (): NightContext => ({
  gate: judgeNight(usualNights(25), worseNight),
  acceptCommand: 'index-impact gate reports/run-25/result.json --history history --accept "why"',
  trends: sampleTrends(),
});
