import { expect, test } from 'vitest';
import { kinshipOf, type KeyedIndex } from './redundancy.ts';

const index = (name: string, keys: string[], more: Partial<KeyedIndex> = {}): KeyedIndex => ({
  name,
  keys,
  table: 't',
  method: 'btree',
  predicate: '',
  isUnique: false,
  ...more,
});

const kin = (own: KeyedIndex, others: KeyedIndex[], candidate: string[] = []) =>
  kinshipOf(own.name, [own, ...others], new Set([own.name, ...candidate]));

test('an index that begins with the keys of another makes it redundant', () => {
  const { redundant } = kin(index('new', ['a', 'b']), [index('old', ['a']), index('other', ['b'])]);
  expect(redundant).toEqual([{ name: 'old', relation: 'its leading keys' }]);
});

test('two indexes with the same keys make each other redundant', () => {
  const found = kin(index('new', ['a']), [index('old', ['a'])]);
  expect(found).toMatchObject({ redundant: [{ name: 'old', relation: 'the same keys' }], coveredBy: 'old' });
});

test.each([
  ['a unique index', { isUnique: true }],
  ['another table', { table: 'u' }],
  ['another method', { method: 'gin' }],
  ['a predicate of its own', { predicate: '(a > 0)' }],
])('%s is not made redundant', (_, more) => {
  expect(kin(index('new', ['a', 'b']), [index('old', ['a'], more)]).redundant).toEqual([]);
});

test('an index whose keys another begins with is covered by one of the baseline, extended by one of the candidate', () => {
  const [own, longer] = [index('new', ['a']), index('longer', ['a', 'b'])];
  expect(kin(own, [longer])).toMatchObject({ coveredBy: 'longer', extendedBy: undefined });
  expect(kin(own, [longer], ['longer'])).toMatchObject({ coveredBy: undefined, extendedBy: 'longer' });
});

test('of two candidate indexes with the same keys neither extends the other', () => {
  expect(kin(index('new', ['a']), [index('twin', ['a'])], ['twin']).extendedBy).toBeUndefined();
});
