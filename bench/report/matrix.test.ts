import { expect, test } from 'vitest';
import { renderMatrix, type MatrixEntry } from './matrix.ts';
import { sampleResult } from './sample-result.fixture.ts';

const older = sampleResult();
const newer = sampleResult();
const tree = { type: 'Seq Scan', relation: 'leads', children: [] };
const [first] = newer.reads;
if (first?.state === 'measured') {
  first.plans = { ...first.plans, after: { signature: 'another', indexes: [], tree } };
}

const entries: MatrixEntry[] = [
  { major: 15, state: 'measured', result: older },
  { major: 16, state: 'failed', message: 'index-impact: PostgreSQL 16 is not installed' },
  { major: 17, state: 'measured', result: newer },
];

test('majors stand side by side, a plan that flips is marked and shown, a major that failed is named', async () => {
  const text = renderMatrix(entries, { columns: 120, color: false });
  await expect(text).toMatchFileSnapshot('__golden__/matrix.txt');
});

test.each([80, 200])('no line is wider than %d columns', (columns) => {
  const lines = renderMatrix(entries, { columns, color: false }).split('\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(columns);
});

test('equal plans are said to be equal, where there is more than one to compare', () => {
  const same = (majors: number[]): string =>
    renderMatrix(
      majors.map((major) => ({ major, state: 'measured', result: older })),
      { columns: 120, color: false },
    );
  expect(same([15, 17])).toContain('every read has the same plan on these majors');
  expect(same([15])).not.toContain('plan of a read');
  expect(same([15, 17])).not.toContain('*');
});
