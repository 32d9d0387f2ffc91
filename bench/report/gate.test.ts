import { expect, test } from 'vitest';
import { judgeNight } from '../history/gate.ts';
import { night, readTaking, usualNights, writeLogging } from '../history/night.fixture.ts';
import { compareNights } from '../history/compare.ts';
import { renderComparison } from './comparison.ts';
import { renderGate, renderGateMarkdown } from './gate.ts';

const accept = 'index-impact gate reports/run-25/result.json --history history --accept "why"';

const worse = night(25, [
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
const gate = judgeNight(usualNights(25), worse);

test.each([80, 120, 200])(
  'a failed night answers what, since when and what to run on %i columns',
  async (columns) => {
    const text = renderGate(gate, accept, { columns, color: false });
    await expect(text).toMatchFileSnapshot(`__golden__/gate-${columns}.txt`);
  },
);

test('a failed night reads well as a page', async () => {
  await expect(renderGateMarkdown(gate, accept)).toMatchFileSnapshot('__golden__/gate.md');
});

test('two results read well side by side', async () => {
  const [before] = usualNights(1);
  if (!before) throw new Error('there is a usual night');
  const text = renderComparison(compareNights(before, worse), { columns: 110, color: false });
  await expect(text).toMatchFileSnapshot('__golden__/comparison.txt');
});
