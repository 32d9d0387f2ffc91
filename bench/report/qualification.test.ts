import { expect, test } from 'vitest';
import type { Qualification } from '../model/qualification.ts';
import { isQualified, renderQualification } from './qualification.ts';

const qualification: Qualification = {
  coverage: [
    {
      distribution: 'heavy tails',
      spread: 0.2,
      meanPairs: 67.4,
      covered: { hits: 1908, trials: 2000, low: 0.9439, high: 0.9627 },
    },
  ],
  states: [
    {
      arms: 'a scan and an index lookup',
      meanRounds: 41.2,
      halfWidth: 0.123,
      covered: { hits: 1890, trials: 2000, low: 0.9341, high: 0.9546 },
      confirmed: { hits: 1668, trials: 2000, low: 0.8169, high: 0.8501 },
    },
  ],
  cases: [
    {
      name: 'no-op',
      truth: 'no row differs',
      found: '40 of 40 rows without material difference',
      problems: [],
    },
    {
      name: 'dropped index',
      truth: 'the read that needs it is slower',
      found: 'by-account faster 3.92x [3.89, 3.95]',
      problems: ['by-account faster 3.92x [3.89, 3.95], not slower'],
    },
  ],
  exclusions: { hits: 2, trials: 40, low: 0.0061, high: 0.1692, most: 5 },
};

test('a qualification reads well at 80 columns, wrong cases included', async () => {
  await expect(renderQualification(qualification, { columns: 80, color: false })).toMatchFileSnapshot(
    '__golden__/qualification.txt',
  );
});

test('one misjudged case or too many exclusions disqualify', () => {
  const right = { ...qualification, cases: qualification.cases.slice(0, 1) };
  expect(isQualified(right)).toBe(true);
  expect(isQualified(qualification)).toBe(false);
  expect(isQualified({ ...right, exclusions: { ...right.exclusions, hits: 6 } })).toBe(false);
});
