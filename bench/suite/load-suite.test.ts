import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError } from '../model/errors.ts';
import { defineSuite } from './define-suite.ts';
import { loadSuite } from './load-suite.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'suite-'))));
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

const SQL = { 'schema.sql': 'CREATE TABLE t (id integer);', 'index.sql': '' };

const REST = `
  migrations: ['schema.sql'],
  candidate: { up: 'index.sql' },
  dataset: { tables: [{ name: 't', columns: ['id'], rowsAtScaleOne: 10, row: (_, ordinal) => [ordinal] }] },
  reads: [{ id: 'all', sql: 'SELECT * FROM t' }],`;

const suiteText = (title = "'Own'"): string =>
  `import { defineSuite } from 'index-impact';\nexport default defineSuite({ name: 'own', title: ${title}, ${REST} });\n`;

async function problemsOf(path: string): Promise<readonly string[]> {
  const error: unknown = await loadSuite(path).catch((thrown: unknown) => thrown);
  if (!(error instanceof UsageError)) throw new Error('the suite was not refused', { cause: error });
  return error.problems.map((problem) => problem.replaceAll(folder, '<folder>'));
}

test('a module that waits for what never comes is refused', async () => {
  await write({ ...SQL, 'suite.ts': `await new Promise(() => {});\n${suiteText()}` });
  await expect(loadSuite(folder, 50)).rejects.toThrow(
    'the module cannot be loaded: it does not come to its end within 0.05 s; does it wait for something?',
  );
});

describe('a folder', () => {
  test.each(['ts', 'mts', 'js', 'mjs'])('is searched for suite.%s', async (extension) => {
    await write({ ...SQL, [`suite.${extension}`]: suiteText() });
    expect(await loadSuite(folder)).toMatchObject({ name: 'own' });
  });

  test('is searched for suite.cjs, which requires and exports what a CommonJS module does', async () => {
    const text = `const { defineSuite } = require('index-impact');
      module.exports = defineSuite({ name: 'own', title: require('node:path').basename(__dirname), ${REST} });`;
    await write({ ...SQL, 'suite.cjs': text });
    expect(await loadSuite(folder)).toMatchObject({ title: folder.split('/').at(-1) });
  });

  test('without a suite is refused with what to add', async () => {
    expect(await problemsOf(folder)).toEqual([
      '--suite: <folder> has no suite; add a suite.ts, .mts, .js, .mjs or .cjs that exports defineSuite({...}) by default',
    ]);
  });

  test('with two suites is refused with their names', async () => {
    await write({ 'suite.ts': '', 'suite.js': '' });
    expect(await problemsOf(folder)).toEqual([
      '--suite: <folder> has more than one suite: <folder>/suite.ts, <folder>/suite.js; name the file instead of the folder',
    ]);
  });
});

describe('a module', () => {
  test.each(['commonjs', 'module', undefined])(
    'runs in a package of type %s, in TypeScript as in JavaScript',
    async (type) => {
      await write({
        ...SQL,
        ...(type && { 'package.json': JSON.stringify({ type }) }),
        'suite.ts': `${suiteText("title('x')")}function title(a: string): string { return a + import.meta.dirname; }`,
        'other.js': suiteText(),
      });
      expect(await loadSuite(join(folder, 'suite.ts'))).toMatchObject({ title: `x${folder}` });
      expect(await loadSuite(join(folder, 'other.js'))).toMatchObject({ name: 'own' });
    },
  );

  test('imports further TypeScript, as files are named there and as they are called', async () => {
    await write({
      ...SQL,
      'suite.ts': `import { a } from './parts/a.ts';\nimport { b } from './parts/b.js';\n${suiteText('a + b')}`,
      'parts/a.ts': `export const a: string = 'A';`,
      'parts/b.ts': `import { c } from './c.mjs';\nexport const b: string = c;`,
      'parts/c.mjs': `import { defineSuite } from 'index-impact';\nexport const c = defineSuite({ name: 'C' }).name;`,
    });
    expect(await loadSuite(folder)).toMatchObject({ title: 'AC' });
  });

  test('imports this very program as index-impact, wherever it lies', async () => {
    const text = suiteText().replace('(_, ordinal) => [ordinal]', 'defineSuite');
    await write({ ...SQL, 'suite.mjs': text });
    const [table] = (await loadSuite(folder)).dataset.tables;
    expect(table).toHaveProperty('row', defineSuite);
  });

  test('names its SQL files relative to itself', async () => {
    await write({ ...SQL, 'suite.ts': suiteText() });
    const { migrations, candidate } = await loadSuite(folder);
    expect([...migrations, candidate.up]).toEqual(Object.keys(SQL).map((file) => join(folder, file)));
  });

  test('leaves nothing on the disk', async () => {
    await write({ ...SQL, 'suite.ts': suiteText() });
    const before = await readdir(tmpdir());
    await loadSuite(folder);
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('jiti'))).toEqual(
      before.filter((name) => name.startsWith('jiti')),
    );
    expect(await readdir(folder)).toHaveLength(Object.keys(SQL).length + 1);
  });
});

describe('what is wrong with a module is said', () => {
  const said = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    await write({ ...SQL, ...files });
    return problemsOf(folder);
  };
  const LOADING = '--suite <folder>: the module cannot be loaded: ';

  test('for its syntax, with file, line, column and a caret', async () => {
    const [problem = ''] = await said({ 'suite.ts': `const a: number = 1;\n\texport defaul {};\n` });
    expect(problem).toContain(LOADING);
    expect(problem).toMatch(/suite\.ts:2:9: .+\n {2}2 \| {2}export defaul \{\};\n {4}\| {9}\^$/);
  });

  test('for the syntax of a file that it imports, with that file', async () => {
    const [problem = ''] = await said({
      'suite.ts': `import './part.ts';\n${suiteText()}`,
      'part.ts': `export const a = [1, 2;\n`,
    });
    expect(problem).toMatch(/part\.ts:1:23: .+\n {2}1 \| export const a = \[1, 2;\n {4}\| {23}\^$/);
  });

  test('for a name that index-impact does not export', async () => {
    const text = suiteText().replaceAll('defineSuite', 'defineSuit');
    expect(await said({ 'suite.ts': text })).toEqual([
      `${LOADING}<folder>/suite.ts:2: defineSuit is not a function`,
    ]);
  });

  test('for a module or a package that is not there', async () => {
    expect(await said({ 'suite.ts': `const a = 1;\nimport './no-such.ts';` })).toEqual([
      `${LOADING}<folder>/suite.ts:2: Cannot find module './no-such.ts'`,
    ]);
  });

  test('for what it throws', async () => {
    expect(await said({ 'suite.mjs': `throw new Error('not today');` })).toEqual([
      `${LOADING}<folder>/suite.mjs:1: not today`,
    ]);
  });

  test('for an SQL file that is not in its folder', async () => {
    const text = suiteText().replace('index.sql', 'missing.sql');
    expect(await said({ 'suite.ts': text })).toEqual([
      '--suite <folder>: candidate.up: there is no file <folder>/missing.sql',
    ]);
  });
});
