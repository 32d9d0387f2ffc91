import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import {
  isMet,
  licenceProblems,
  namedLicence,
  withInstalledLicence,
  type LockedPackage,
} from './check-licences.ts';

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

test('a package is named with its licence when the licence is not allowed or missing', () => {
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

test('a licence that binds those who change a tool is allowed for tools, not for shipped packages', () => {
  expect(licenceProblems({ 'node_modules/a': { license: 'MPL-2.0', dev: true } })).toEqual([]);
  expect(licenceProblems({ 'node_modules/a': { license: 'MPL-2.0' } })).toEqual(['node_modules/a: MPL-2.0']);
});

test.each([
  [{ license: 'MIT' }, 'MIT'],
  [{ licenses: [{ type: 'MIT', url: 'https://example.org' }, { type: 'Apache-2.0' }] }, 'MIT OR Apache-2.0'],
  [{ license: { type: 'MIT', url: 'https://example.org' } }, 'MIT'],
  [{ licenses: { type: 'ISC' } }, 'ISC'],
  [{ licenses: ['MIT', 'GPL-3.0-only'] }, 'MIT OR GPL-3.0-only'],
  [{ licenses: [{ type: 'MIT' }, { url: 'https://example.org' }] }, undefined],
  [{ licenses: [] }, undefined],
  [{}, undefined],
])('a package that says %j has the licence %s', (manifest, licence) => {
  expect(namedLicence(manifest)).toBe(licence);
});

test('a package with a list of licences is read itself, because the lock file does not repeat the list', async () => {
  const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  for (const name of ['ssh2', 'cpu-features', 'buildcheck']) {
    const place = `node_modules/${name}`;
    const locked = lock.packages[place] ?? {};
    expect(locked.license).toBeUndefined();
    expect(await withInstalledLicence([place, locked], '.')).toEqual([place, { ...locked, license: 'MIT' }]);
  }
});

test('a package that is not installed here is not called a package without a licence', async () => {
  const entry = await withInstalledLicence(['node_modules/left-out', {}], 'nowhere');
  expect(licenceProblems(Object.fromEntries([entry]))).toEqual([
    'node_modules/left-out: the lock file names no licence, and the package is not installed; install all of them with "npm ci"',
  ]);
});
