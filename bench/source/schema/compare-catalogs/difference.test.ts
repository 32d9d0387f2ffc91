import { expect, test } from 'vitest';
import { differenceOf } from './difference.ts';

test('blanks and the ends of lines are one blank', () => {
  expect(differenceOf('view v', 'SELECT 1\n  FROM t', 'SELECT 2\n\tFROM t')).toEqual([
    'view v differs: SELECT 2 FROM t instead of SELECT 1 FROM t',
  ]);
});

test('of long definitions only the part that differs is shown', () => {
  const body = (inner: string): string =>
    `CREATE ${'a'.repeat(300)} before ${inner} after ${'b'.repeat(300)}`;
  const part = (inner: string): string => {
    const start = body(inner).indexOf(inner) - 40;
    return `... ${body(inner).slice(start, start + 160)} ...`;
  };
  expect(differenceOf('function f()', body('OLD'), body('NEW'))).toEqual([
    `function f() differs: ${part('NEW')} instead of ${part('OLD')}`,
  ]);
});
