import { expect, test } from 'vitest';
import { isMet, licenceProblems, namedLicence } from './check-licences.ts';

test.each([
  ['MIT', true],
  ['GPL-3.0-only', false],
  ['(MIT OR GPL-3.0-only)', true],
  ['GPL-3.0-only OR MIT', true],
  ['(MIT AND GPL-3.0-only)', false],
  ['MIT AND (GPL-3.0-only OR ISC)', true],
  ['MIT OR GPL-3.0-only AND ISC', true],
  ['(MIT OR ISC) AND GPL-3.0-only', false],
  ['MIT WITH GCC-exception-3.1', false],
  ['mit', false],
  ['(MIT', false],
  ['MIT ISC', false],
  ['SEE LICENSE IN LICENSE.md', false],
  ['UNLICENSED', false],
  ['', false],
])('whether "%s" can be met with MIT and ISC: %s', (expression, met) => {
  expect(isMet(expression, ['MIT', 'ISC'])).toBe(met);
});

test('a package is named with its licence when that is not allowed, or when it has none', () => {
  expect(
    licenceProblems({
      '': {},
      'node_modules/fine': { license: 'MIT' },
      'node_modules/strict': { license: 'AGPL-3.0-only' },
      'node_modules/silent': {},
      'node_modules/here': { link: true },
    }),
  ).toEqual(['node_modules/strict: AGPL-3.0-only', 'node_modules/silent: names no licence']);
});

test('a licence that binds whoever changes a tool is allowed for tools, not for what is shipped', () => {
  expect(licenceProblems({ 'node_modules/a': { license: 'MPL-2.0', dev: true } })).toEqual([]);
  expect(licenceProblems({ 'node_modules/a': { license: 'MPL-2.0' } })).toEqual(['node_modules/a: MPL-2.0']);
});

test.each([
  [{ license: 'MIT' }, 'MIT'],
  [{ licenses: [{ type: 'MIT', url: 'https://example.org' }, { type: 'Apache-2.0' }] }, 'MIT OR Apache-2.0'],
  [{ licenses: [] }, undefined],
  [{}, undefined],
])('a package that says %j has the licence %s', (manifest, licence) => {
  expect(namedLicence(manifest)).toBe(licence);
});
