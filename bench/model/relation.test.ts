import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalRelation, parseRelation, quotedRelation, relationText } from './relation.ts';

const identifier = fc.string({ minLength: 1 });

test('whatever its schema and its name are, the text of a relation gives them back', () => {
  fc.assert(
    fc.property(identifier, identifier, (schema, name) => {
      expect(parseRelation(relationText({ schema, name }))).toEqual({ schema, name });
    }),
  );
});

test.each([
  ['leads', '"public"."leads"'],
  ['Order', '"public"."Order"'],
  ['"Order"', '"public"."Order"'],
  ['sales.orders', '"sales"."orders"'],
  ['"odd.schema"."odd ""table"""', '"odd.schema"."odd ""table"""'],
])('%s is %s in SQL', (text, sql) => {
  expect(quotedRelation(text)).toBe(sql);
});

test.each([
  ['public.leads', 'leads'],
  ['Order', '"Order"'],
  ['sales."orders"', 'sales.orders'],
])('%s is written %s', (typed, written) => {
  expect(canonicalRelation(typed)).toBe(written);
});
