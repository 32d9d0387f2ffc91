import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../bench/model/result.ts';

const NODES = ['20', '22', '24'];
/** Of the package around a suite; `none` has no package.json. */
const TYPES = ['commonjs', 'module', 'none'];
const EXTENSIONS = ['ts', 'mjs', 'js'];
const FOLDERS = TYPES.flatMap((type) => EXTENSIONS.map((extension) => join(type, extension)));

/** The registry may be slow, and another program may have the cores. */
const INSTALLING_MS = 300_000;

const run = promisify(execFile);

/** Files as the document prints them, by name. */
async function documentedFiles(): Promise<Map<string, string>> {
  const text = await readFile('docs/suites.md', 'utf8');
  const blocks = text.matchAll(/^`([\w.-]+)`\n\n```\w+\n(.*?)^```$/gms);
  return new Map(Array.from(blocks, ([, name = '', code = '']) => [name, code]));
}

/** The same suite as every kind of module, in a package of every type; what is TypeScript has types in it. */
async function writeSuites(app: string): Promise<void> {
  const files = await documentedFiles();
  const suite = files.get('suite.ts') ?? '';
  files.delete('suite.ts');
  for (const folder of FOLDERS) {
    await mkdir(join(app, folder), { recursive: true });
    for (const [name, text] of files) await writeFile(join(app, folder, name), text);
    const extension = basename(folder);
    const typed = extension === 'ts' ? "export type { SuiteDefinition } from 'index-impact';\n" : '';
    await writeFile(join(app, folder, `suite.${extension}`), typed + suite);
  }
  for (const type of ['commonjs', 'module'])
    await writeFile(join(app, type, 'package.json'), JSON.stringify({ type }));
}

describe('the package, installed where nothing else is,', () => {
  let temporary: string;
  let app: string;

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'package-'));
    // The server of root has a user of its own, who has to reach its programs.
    await chmod(temporary, 0o755);
    app = join(temporary, 'app');
    await Promise.all([install(), addNodes()]);
    await writeSuites(app);
  }, INSTALLING_MS);
  afterAll(() => rm(temporary, { recursive: true }));

  /** Without the scripts of packages, which many do not let run. */
  async function install(): Promise<void> {
    await run('npm', ['pack', '--pack-destination', temporary]);
    const archive = (await readdir(temporary)).find((name) => name.endsWith('.tgz')) ?? '';
    await mkdir(app);
    await run('npm', ['install', '--ignore-scripts', join(temporary, archive)], { cwd: app });
  }

  async function addNodes(): Promise<void> {
    const cwd = join(temporary, 'nodes');
    await mkdir(cwd);
    await run('npm', ['install', ...NODES.map((major) => `node-${major}@npm:node@${major}`)], { cwd });
  }

  /** The environment of somebody who has another Node. */
  const withNode = (major: string) => {
    const bin = join(temporary, 'nodes', 'node_modules', `node-${major}`, 'bin');
    return { cwd: app, env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) } };
  };

  test.concurrent.each(NODES.flatMap((major) => FOLDERS.map((folder) => ({ major, folder }))))(
    'reads the suite of the document on Node $major as $folder',
    async ({ major, folder }) => {
      // Its items are listed before there is a server.
      const argv = ['run', '--suite', folder, '--only', 'none'];
      await expect(run('node_modules/.bin/index-impact', argv, withNode(major))).rejects.toMatchObject({
        code: 2,
        stderr: expect.stringContaining('the known ones are:\n    orders-of-a-customer\n') as string,
      });
    },
  );

  test.each(NODES.map((major, place) => ({ major, folder: join('commonjs', EXTENSIONS[place] ?? '') })))(
    'measures the suite of the document on Node $major as $folder',
    async ({ major, folder }) => {
      const flags = ['--scale', '0.05', '--budget', '1', '--baseline', 'shipped', '--json', '--quiet'];
      const argv = ['--no', 'index-impact', 'run', '--suite', folder, ...flags];
      const { stdout } = await run('npx', argv, withNode(major));
      const { environment, reads } = JSON.parse(stdout) as Pick<Result, 'environment' | 'reads'>;
      expect(environment.nodeVersion).toMatch(new RegExp(`^v?${major}\\.`));
      expect(reads.map(({ state }) => state)).toEqual(['measured']);
    },
  );

  test('brings the example that the document prints', async () => {
    const brought = join(app, 'node_modules', 'index-impact', 'examples', 'shop');
    const files = await documentedFiles();
    expect((await readdir(brought)).toSorted()).toEqual([...files.keys()].toSorted());
    for (const [name, text] of files) expect(await readFile(join(brought, name), 'utf8')).toBe(text);
  });

  test('brings the types that a suite is checked with', async () => {
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
    const { stdout } = await run(process.execPath, [compiler, ...flags, 'module/ts/suite.ts'], { cwd: app });
    expect(stdout).toBe('');
  });
});
