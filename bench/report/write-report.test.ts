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

test('a run writes its reports, its result and a latest report whose links resolve', async () => {
  const files = await writeReports(out, sample);
  const { id } = sample.run;
  expect(files.map((file) => relative(out, file))).toEqual(
    ['report.md', 'report.html', 'result.json'].map((name) => `${id}/${name}`),
  );
  expect((await readdir(join(out, id))).toSorted()).toEqual(
    ['figures', 'report.html', 'report.md', 'result.json', 'rows.csv'].toSorted(),
  );
  for (const file of [join(out, id, 'report.md'), join(out, 'latest.md')]) {
    const targets = [...(await readFile(file, 'utf8')).matchAll(/\]\((?<target>[^)]+)\)/g)].map(
      ({ groups }) => join(dirname(file), groups?.target ?? ''),
    );
    const pictures = await readdir(join(out, id, 'figures'));
    expect(targets.map((target) => relative(join(out, id), target)).toSorted()).toEqual(
      ['result.json', ...pictures.map((name) => `figures/${name}`)].toSorted(),
    );
    const target = targets.at(-1) ?? '';
    expect(parseResult(await readFile(target, 'utf8'), target)).toEqual(sample);
  }
});

test('a write error names the path and the remedy, and leaves no partial file', async () => {
  await mkdir(join(out, 'run', 'result.json'), { recursive: true });
  const writing = writeResult(join(out, 'run'), sample);
  await expect(writing).rejects.toThrow(RunError);
  await expect(writing).rejects.toThrow(`${join(out, 'run', 'result.json')} cannot be written`);
  expect(await readdir(join(out, 'run'))).toEqual(['result.json']);
});

test.each(['../elsewhere', '..', '', 'a/b', 'a\\b', '.hidden'])(
  'a result whose id is "%s" writes nowhere else',
  async (id) => {
    const writing = writeReports(join(out, 'reports'), { ...sample, run: { ...sample.run, id } });
    await expect(writing).rejects.toThrow(UsageError);
    expect(await readdir(out)).toEqual([]);
  },
);
