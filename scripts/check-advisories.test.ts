import { expect, test } from 'vitest';
import { readAdvisories } from './check-advisories.ts';

const found = (severity: string): string =>
  JSON.stringify({ vulnerabilities: { pkg: { name: 'pkg', severity, range: '<2.0.0' } } });

test.each(['high', 'critical'])('a vulnerability of %s severity is named', (severity) => {
  expect(readAdvisories(found(severity), {})).toEqual({
    state: 'found',
    problems: [`pkg <2.0.0: ${severity}; see npm audit`],
  });
});

test('one that is explained, or less than serious, is none', () => {
  expect(readAdvisories(found('high'), { pkg: 'never parses what a stranger sends' })).toEqual({
    state: 'clean',
  });
  expect(readAdvisories(found('moderate'), {})).toEqual({ state: 'clean' });
  expect(readAdvisories('{"vulnerabilities":{}}', {})).toEqual({ state: 'clean' });
});

test('a registry that gives no answer is told apart from one that knows of nothing', () => {
  const refusal = JSON.stringify({ message: '405 Method Not Allowed', statusCode: 405, error: {} });
  expect(readAdvisories(refusal, {})).toEqual({ state: 'not asked', reason: '405 Method Not Allowed' });
  for (const output of ['', 'no JSON', 'null'])
    expect(readAdvisories(output, {})).toEqual({ state: 'not asked', reason: 'npm gave no report' });
});
