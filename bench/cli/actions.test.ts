import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { capturedIo } from '../../tests/fixtures/captured-io.ts';
import { run } from '../main.ts';
import { ExitCode } from '../model/errors.ts';
import { commentBody } from '../report/formats/exports/pr-comment.ts';
import { serializeResult } from '../report/result-file.ts';
import { sampleResult } from '../report/sample-result.fixture.ts';
import { workflowPage } from './actions.ts';

const sample = sampleResult();
const ACTIONS = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'example/shop',
  GITHUB_RUN_ID: '17',
};

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'actions-'));
  file = join(directory, 'result.json');
  await writeFile(file, serializeResult(sample));
});
afterEach(() => rm(directory, { recursive: true }));

async function reported(flags: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const io = { ...capturedIo(), env };
  const code = await run(['report', file, '--out', join(directory, 'reports'), ...flags], io);
  return { code, out: io.out(), err: io.err() };
}

describe('a format for another program', () => {
  test.each(['pr-comment', 'github-action-benchmark', 'bencher'])(
    '%s goes to stdout, no file is written, and what is absent is named on stderr',
    async (format) => {
      const { code, out, err } = await reported(['--format', format]);
      expect(code).toBe(ExitCode.done);
      if (format !== 'pr-comment') JSON.parse(out);
      expect(err).toBe('index-impact: not measured, and absent from what was printed: simple-where (bare)\n');
      expect(await readdir(directory)).toEqual(['result.json']);
    },
  );

  test('is refused with what there is when it is unknown', async () => {
    const { code, err } = await reported(['--format', 'xml']);
    expect(code).toBe(ExitCode.usage);
    expect(err).toBe(
      'index-impact: --format: "xml" is not accepted; it takes terminal, pr-comment, github-action-benchmark, bencher\n',
    );
  });

  test('is not given to a tracker when nothing was measured', async () => {
    await writeFile(file, serializeResult({ ...sample, reads: [], writes: [] }));
    const { code, out, err } = await reported(['--format', 'bencher']);
    expect([code, out]).toEqual([ExitCode.incomplete, '']);
    expect(err).toContain('nothing was measured, so there is nothing to track');
  });
});

describe('in a step of GitHub Actions', () => {
  test('the result is added to the summary of the step, after what is there, with a link to the run', async () => {
    const summary = join(directory, 'summary.md');
    await writeFile(summary, 'before\n');
    await reported([], { ...ACTIONS, GITHUB_STEP_SUMMARY: summary });
    const page = 'https://github.com/example/shop/actions/runs/17';
    expect(await readFile(summary, 'utf8')).toBe(`before\n${commentBody(sample, page)}\n`);
  });

  test('a summary that cannot be written is a warning, and the report is made', async () => {
    const { code, err } = await reported([], { GITHUB_STEP_SUMMARY: directory });
    expect(code).toBe(ExitCode.done);
    expect(err).toContain('index-impact: GITHUB_STEP_SUMMARY: the summary cannot be written: EISDIR');
    expect(await readdir(join(directory, 'reports'))).toContain('latest.md');
  });

  test('nothing is linked that is not an address of a run', () => {
    expect(workflowPage({})).toBeUndefined();
    expect(workflowPage({ ...ACTIONS, GITHUB_SERVER_URL: 'javascript:alert(1)//' })).toBeUndefined();
    expect(workflowPage({ ...ACTIONS, GITHUB_REPOSITORY: 'a/b) [x](https://evil.example' })).toBeUndefined();
    expect(workflowPage(ACTIONS)).toBe('https://github.com/example/shop/actions/runs/17');
  });
});
