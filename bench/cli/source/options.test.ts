import { expect, test } from 'vitest';
import type { CommandLine } from '../../flags/commands.ts';
import { candidateName } from './chosen-migration.ts';
import { tryOptions } from './options.ts';

test.each([
  [['migrations/042-orders.sql'], '042-orders'],
  [['007.up.sql'], '007'],
  [['prisma/migrations/03_metric_index/migration.sql'], '03_metric_index'],
  [['a.sql', 'b.sql', 'c.sql'], 'a and 2 more'],
])('the candidate of %j is called %s', (paths, name) => {
  expect(candidateName({ state: 'files', paths })).toBe(name);
});

test('the command of a report asks for the same again', async () => {
  const line: CommandLine = {
    command: 'try',
    values: {
      ...{ from: 'postgres://reader@db.example/shop', redact: true, 'keep-text': 'codes.code' },
      ...{ budget: '30', yes: true, out: 'elsewhere' },
    },
    arguments: [import.meta.filename],
    problems: [],
  };
  const options = await tryOptions(line, {});
  if (options.state !== 'chosen') throw new Error(options.state);
  const { run, source } = options;
  expect(run.command).toMatch(
    / try --from \S+ --redact --keep-text codes\.code --budget 30 \S*options\.test\.ts$/,
  );
  expect(source.redact).toEqual({ keptTexts: ['codes.code'] });
});
