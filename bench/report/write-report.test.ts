import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RunError, UsageError } from '../model/errors.ts';
import { parseResult } from './result-file.ts';
import { sampleResult } from './sample-result.fixture.ts';
import { writeReports, writeResult } from './write-report.ts';

const sample = sampleResult();
let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'reports-'));
});
afterEach(async () => {
  await rm(out, { recursive: true });
});

test('a run leaves its report and its result, and a latest report, whose links lead to the result', async () => {
  const files = await writeReports(out, sample);
  expect(files.map((file) => relative(out, file))).toEqual([
    `${sample.run.id}/report.md`,
    `${sample.run.id}/result.json`,
    'latest.md',
  ]);
  for (const file of files.filter((name) => name.endsWith('.md'))) {
    const link = /\[result\.json\]\((?<target>[^)]+)\)/.exec(await readFile(file, 'utf8'))?.groups?.target;
    const target = join(dirname(file), link ?? '');
    expect(parseResult(await readFile(target, 'utf8'), target)).toEqual(sample);
  }
});

test('what cannot be written is told with its path and what to do, and leaves no half file', async () => {
  await mkdir(join(out, 'run', 'result.json'), { recursive: true });
  const writing = writeResult(join(out, 'run'), sample);
  await expect(writing).rejects.toThrow(RunError);
  await expect(writing).rejects.toThrow(`${join(out, 'run', 'result.json')} cannot be written`);
  expect(await readdir(join(out, 'run'))).toEqual(['result.json']);
});

test.each(['../elsewhere', '..', '', 'a/b', 'a\\b', '.hidden'])(
  'a result whose id is "%s" leads nowhere else',
  async (id) => {
    const writing = writeReports(join(out, 'reports'), { ...sample, run: { ...sample.run, id } });
    await expect(writing).rejects.toThrow(UsageError);
    expect(await readdir(out)).toEqual([]);
  },
);
