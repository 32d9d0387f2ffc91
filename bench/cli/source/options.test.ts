import { expect, test } from 'vitest';
import { candidateName } from './options.ts';

test.each([
  [['migrations/042-orders.sql'], '042-orders'],
  [['007.up.sql'], '007'],
  [['prisma/migrations/03_metric_index/migration.sql'], '03_metric_index'],
  [['a.sql', 'b.sql', 'c.sql'], 'a and 2 more'],
])('the candidate of %j is called %s', (paths, name) => {
  expect(candidateName(paths)).toBe(name);
});
