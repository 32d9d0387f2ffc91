import { expect, test } from 'vitest';
import { usualNights } from '../history/night.fixture.ts';
import { compareNights } from '../history/compare.ts';
import { renderComparison } from './comparison.ts';
import { sampleNight, worseNight } from './sample-night.fixture.ts';
import { renderGate, renderGateMarkdown } from './gate.ts';

test.each([80, 120, 200])(
  'a failed night says what, since when and what to run on %i columns',
  async (columns) => {
    const text = renderGate(sampleNight(), { columns, color: false });
    await expect(text).toMatchFileSnapshot(`__golden__/gate-${columns}.txt`);
  },
);

test.each([60, 80, 114, 116, 200])('no line but a command is wider than %i columns', (columns) => {
  const night = sampleNight();
  const findings = night.gate.findings.map((finding) => ({
    ...finding,
    title: 'UPDATE contact_social_profiles.decision_maker_score',
    change: '+17336.4 %',
    certainty: 'confirmed by a second measurement; fails if the next night finds it, too',
  }));
  const lines = renderGate({ ...night, gate: { ...night.gate, findings } }, { columns, color: false }).split(
    '\n',
  );
  const text = lines.filter((line) => !line.includes('index-impact '));
  expect(Math.max(...text.map(({ length }) => length))).toBeLessThan(columns);
});

test('a failed night reads well as a page', async () => {
  await expect(renderGateMarkdown(sampleNight())).toMatchFileSnapshot('__golden__/gate.md');
});

test('two results read well side by side', async () => {
  const [before] = usualNights(1);
  if (!before) throw new Error('there is a usual night');
  const text = renderComparison(compareNights(before, worseNight), { columns: 110, color: false });
  await expect(text).toMatchFileSnapshot('__golden__/comparison.txt');
});

test('two results of which one is noisy say that their times prove nothing', () => {
  const [before] = usualNights(1);
  if (!before) throw new Error('there is a usual night');
  const comparison = compareNights(before, { ...worseNight, isNoisy: true });
  expect(renderComparison(comparison, { columns: 200, color: false })).toMatch(
    /Noisy: in b identical copies did not measure alike\. Times that differ, or do not, prove nothing here\./,
  );
});
