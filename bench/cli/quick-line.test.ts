import { expect, test } from 'vitest';
import { parseCommandLine } from './command-line.ts';
import { quickLine } from './quick-line.ts';

function asked(...typed: string[]) {
  const line = parseCommandLine(['run', ...typed]);
  if ('text' in line) throw new Error('help was asked for');
  return quickLine(line).values;
}

test('--quick asks for one baseline and the fewest rounds', () => {
  expect(asked('--quick')).toEqual({ baseline: 'shipped', budget: '1' });
});

test('what is typed beside --quick holds', () => {
  expect(asked('--quick', '--budget', '9', '--only', 'example-1')).toMatchObject({
    ...{ baseline: 'shipped', budget: '9', only: 'example-1' },
  });
});

test('without --quick nothing is added', () => {
  expect(asked('--seed', '7')).toEqual({ seed: '7' });
});
