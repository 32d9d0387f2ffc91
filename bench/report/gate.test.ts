import { expect, test } from 'vitest';
import { usualNights } from '../history/night.fixture.ts';
import { compareNights } from '../history/compare.ts';
import { renderComparison } from './comparison.ts';
import { sampleNight, worseNight } from './sample-night.fixture.ts';
import { renderGate, renderGateMarkdown } from './gate.ts';

test.each([80, 120, 200])(
  'a failed night answers what, since when and what to run on %i columns',
  async (columns) => {
    const text = renderGate(sampleNight(), { columns, color: false });
    await expect(text).toMatchFileSnapshot(`__golden__/gate-${columns}.txt`);
  },
);

test('a failed night reads well as a page', async () => {
  await expect(renderGateMarkdown(sampleNight())).toMatchFileSnapshot('__golden__/gate.md');
});

test('two results read well side by side', async () => {
  const [before] = usualNights(1);
  if (!before) throw new Error('there is a usual night');
  const text = renderComparison(compareNights(before, worseNight), { columns: 110, color: false });
  await expect(text).toMatchFileSnapshot('__golden__/comparison.txt');
});
