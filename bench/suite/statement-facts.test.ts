import { loadModule } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { factsOf } from './statement-facts.ts';

beforeAll(() => loadModule());

test('a list of a hundred thousand values is read like any other', () => {
  const list = Array.from({ length: 100_000 }, (_, at) => at).join(',');
  expect(factsOf(`SELECT * FROM t WHERE b IN (${list}) AND c = $3`)).toMatchObject({
    parameters: 3,
    relations: [{ name: 't' }],
  });
});
