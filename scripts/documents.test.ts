import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../bench/cli/command-line.ts';
import { documentedCommands } from './documented-commands.fixture.ts';
import { readDocument, type Document } from './document.fixture.ts';

const LONGEST_LINES = 150;

/** Written reports refer to figures that are not all kept; a copy for comparison is never opened by readers. */
const WRITTEN_BY_RUNS = /^reports\/published\/|__golden__\//;

const documents = execFileSync('git', ['ls-files', '*.md'], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((path) => !WRITTEN_BY_RUNS.test(path))
  .map(readDocument);
const ours = documents.filter(({ path }) => !path.startsWith('bench/') && !path.startsWith('reports/'));

const anchorsOf = (path: string): readonly string[] =>
  (documents.find((document) => document.path === path) ?? readDocument(path)).anchors;

function isBroken({ path }: Document, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? path : join(dirname(path), file);
  if (!existsSync(target)) return true;
  return anchor !== undefined && !anchorsOf(target).includes(anchor);
}

test('every link in a document leads to an existing file and heading', () => {
  const followed = documents.flatMap((document) =>
    document.links
      .filter((link) => !/^[a-z]+:/.test(link))
      .map((link) => ({ link: `${document.path}: ${link}`, isBroken: isBroken(document, link) })),
  );
  expect(followed.length).toBeGreaterThan(30);
  expect(followed.filter((one) => one.isBroken)).toEqual([]);
});

test('every page of docs/ is reached from the README', () => {
  const linked = documents.find(({ path }) => path === 'README.md')?.links ?? [];
  const pages = ours.filter(({ path }) => path.startsWith('docs/')).map(({ path }) => path);
  expect(pages).toContain('docs/reading.md');
  expect(pages.filter((path) => !linked.includes(path))).toEqual([]);
});

test.each(ours.filter(({ path }) => /^(?:README\.md|docs\/)/.test(path)))(
  '$path is at most 150 lines long',
  ({ lines }) => {
    expect(lines).toBeLessThanOrEqual(LONGEST_LINES);
  },
);

test.each(ours.flatMap(documentedCommands).filter(({ argv }) => argv !== undefined))(
  '$path: $written is accepted by the command line',
  ({ argv = [] }) => {
    const line = parseCommandLine(argv);
    expect('problems' in line ? line.problems : []).toEqual([]);
  },
);

describe('a block marked as runnable', () => {
  const runnable = ours.flatMap(({ path, blocks }) =>
    blocks.filter(({ isRunnable }) => isRunnable).map(({ code }) => ({ path, code })),
  );

  test('is there', () => {
    expect(runnable.length).toBeGreaterThan(1);
  });

  test.concurrent.each(runnable)('$path: runs as it is written: $code', async ({ code }) => {
    // Where the tests are a step of a workflow, its summary is for them.
    const env = { ...process.env, GITHUB_STEP_SUMMARY: '' };
    const { stdout } = await promisify(execFile)('bash', ['-euc', code], { env });
    expect(stdout).not.toBe('');
  });
});
