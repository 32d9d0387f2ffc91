import { expect, test } from 'vitest';
import { recallText } from '../format/recall-text.ts';
import { agreementOf } from './recall.ts';

const answer = (...rows: string[]) => ({ columns: ['id'], rows: rows.map((id) => [id]) });

test('recall is the share of the rows before that are there after, each as often as it was', () => {
  expect(agreementOf(answer('a', 'b', 'c', 'd'), answer('d', 'a', 'x'))).toEqual({
    recall: 0.5,
    surplusRows: 1,
  });
  expect(agreementOf(answer('a', 'a', 'b', 'b'), answer('a', 'b', 'b', 'b'))).toEqual({
    recall: 0.75,
    surplusRows: 1,
  });
  expect(agreementOf(answer(), answer())).toEqual({ recall: 1, surplusRows: 0 });
});

test('recall that is not complete never reads 100 %', () => {
  expect(recallText({ keys: 1, mean: 0.9999, least: 0.9999, surplusRows: 0 })).toBe('recall 99.9 %');
  expect(recallText({ keys: 3, mean: 0.95, least: 0.85, surplusRows: 2 })).toBe(
    'recall 95.0 % on average, 85.0 % at least over 3 keys, and 2 rows that the answer before does not have',
  );
});
