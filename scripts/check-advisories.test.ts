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

test('an explained or less serious vulnerability is not named', () => {
  expect(readAdvisories(found('high'), { pkg: 'never parses untrusted input' })).toEqual({
    state: 'clean',
  });
  expect(readAdvisories(found('moderate'), {})).toEqual({ state: 'clean' });
  expect(readAdvisories('{"vulnerabilities":{}}', {})).toEqual({ state: 'clean' });
});

test('a registry without an answer is distinguished from one without findings', () => {
  const refusal = JSON.stringify({ message: '405 Method Not Allowed', statusCode: 405, error: {} });
  expect(readAdvisories(refusal, {})).toEqual({ state: 'not asked', reason: '405 Method Not Allowed' });
  for (const output of ['', 'no JSON', 'null'])
    expect(readAdvisories(output, {})).toEqual({ state: 'not asked', reason: 'npm gave no report' });
});
