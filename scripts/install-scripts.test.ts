import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** An install script may do anything: each is allowed or refused by name. */
test('every package with an install script is named in allowScripts', async () => {
  const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
    packages: Record<string, { hasInstallScript?: true }>;
  };
  const { allowScripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
    allowScripts: Record<string, boolean>;
  };
  const scripted = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length));
  expect(scripted.filter((name) => !Object.hasOwn(allowScripts, name))).toEqual([]);
});
