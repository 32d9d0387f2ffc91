import { expect, test } from 'vitest';
import { agreementOf } from './agreement.ts';
import type { Row } from './rows.ts';

/** A read with this interval. */
const row = (
  [low, point, high]: readonly [number, number, number],
  verdict: Row['verdict'] = 'faster',
  key = 'a',
): Row => ({
  key,
  kind: 'reads',
  clock: 'client',
  baseline: 'bare',
  estimate: { low, point, high, confidence: 0.95, n: 20, method: '' },
  halfWidth: (high - low) / 2 / point,
  verdict,
  isPrecise: true,
});

test('a point on an end of the other interval is inside; each run is compared with every other, both ways', () => {
  const narrow = row([1.9, 2, 2.1]);
  const wide = row([1, 2.1, 4]);
  expect(agreementOf([[narrow], [wide]]).inside).toEqual({ hits: 2, of: 2 });
  const beyond = row([1, 2.11, 4]);
  expect(agreementOf([[narrow], [beyond]]).inside).toEqual({ hits: 1, of: 2 });
});

test('intervals overlap when they share a point, and not when they lie apart', () => {
  const low = row([1, 1.5, 2]);
  expect(agreementOf([[low], [row([2, 2.5, 3])]]).overlapping).toEqual({ hits: 2, of: 2 });
  expect(agreementOf([[low], [row([2.01, 2.5, 3])]]).overlapping).toEqual({ hits: 0, of: 2 });
});

test('verdicts are compared where both clocks have one: a row of the server has none', () => {
  const server: Row = {
    key: 'b',
    kind: 'reads',
    clock: 'server',
    baseline: 'bare',
    estimate: row([1, 2, 3]).estimate,
    halfWidth: 1,
    isPrecise: true,
  };
  const first = [row([1, 2, 3], 'faster'), server];
  const second = [row([1, 2, 3], 'inconclusive'), server];
  const { equalVerdicts, inside } = agreementOf([first, second]);
  expect(equalVerdicts).toEqual({ hits: 0, of: 2 });
  expect(inside).toEqual({ hits: 4, of: 4 });
});

test('the range is that of the shares when one run is left out', () => {
  const same = [row([1, 2, 3])];
  const other = [row([7, 8, 9])];
  const { inside } = agreementOf([same, same, other].map((rows) => [...rows]));
  expect(inside).toEqual({ hits: 2, of: 6, range: { least: 0, most: 1 } });
});

test('a row that only one of two runs has is not compared', () => {
  const both = row([1, 2, 3]);
  const { inside } = agreementOf([[both, row([1, 2, 3], 'faster', 'b')], [both]]);
  expect(inside).toEqual({ hits: 2, of: 2 });
});
