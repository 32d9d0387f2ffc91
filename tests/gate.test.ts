import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acceptCommandFor } from '../bench/cli/commands/gate.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { nightOf } from '../bench/history/night-of.ts';
import { usualNights } from '../bench/history/night.fixture.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import type { HistoryEntry } from '../bench/model/night.ts';
import { serializeResult } from '../bench/report/result-file.ts';
import { sampleResult } from '../bench/report/sample-result.fixture.ts';

const [one, two] = usualNights(2).map((night) => JSON.stringify(night));
const sample = sampleResult();

/** Nights under other conditions than the sample's: there is something to accept. */
let history: string;
let journal: string;
let result: string;
let own: string;
beforeEach(async () => {
  own = await mkdtemp(join(tmpdir(), 'gate-'));
  history = join(own, 'history');
  journal = join(history, 'history.jsonl');
  result = join(own, 'result.json');
  await chmod(own, 0o755);
  await mkdir(history);
  await writeFile(result, serializeResult(sample));
});
afterEach(() => rm(own, { recursive: true }));

async function gate(...flags: string[]): Promise<{ code: ExitCode; out: string; err: string }> {
  const io = capturedIo();
  const code = await run(['gate', result, '--history', history, ...flags], io);
  return { code, out: io.out(), err: io.err() };
}

const accept = () => gate('--accept', 'meant to be so');

const entries = async (): Promise<HistoryEntry[]> =>
  (await readFile(journal, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryEntry);

const kindsAndRuns = async () => (await entries()).map(({ kind, run: id }) => `${kind} ${id}`);

const ACCEPTED = [`night ${sample.run.id}`, `acceptance ${sample.run.id}`];

test('a gate without a history says which command begins one', async () => {
  const nowhere = join(own, 'nowhere');
  const io = capturedIo();
  expect(await run(['gate', result, '--history', nowhere], io)).toBe(ExitCode.usage);
  expect(io.err()).toBe(
    `index-impact: --history: there is no directory ${nowhere}; this begins a history there:\n` +
      `  npm run index-impact -- nightly --history ${nowhere}\n`,
  );
});

test.each(['interrupted', 'running'] as const)(
  'a night that is %s is not judged, and not accepted',
  async (state) => {
    await writeFile(journal, `${one}\n${two}\n`);
    await writeFile(result, serializeResult({ ...sample, run: { ...sample.run, outcome: { state } } }));
    for (const answer of [await gate(), await accept()]) {
      expect(answer.code).toBe(ExitCode.incomplete);
      expect(answer.err).toContain('is no whole night');
      expect(answer.err).toContain(`run --resume ${own}`);
    }
    expect(await readFile(journal, 'utf8')).toBe(`${one}\n${two}\n`);
  },
);

test('the command that accepts a night names its files as a shell has to be told', () => {
  expect(acceptCommandFor('my reports/run/result.json', "it's history")).toMatch(
    /gate 'my reports\/run\/result\.json' --history 'it'\\''s history' --accept "why"$/,
  );
});

describe('an acceptance', () => {
  test('is added to the history with its night and the complete result, and nothing else is left', async () => {
    await writeFile(journal, `${one}\n${two}\n`);
    expect(await accept()).toMatchObject({ code: ExitCode.done, err: '' });
    expect(await kindsAndRuns()).toEqual(['night run-0', 'night run-1', ...ACCEPTED]);
    expect(await readdir(history)).toEqual(['history.jsonl', 'results']);
    expect(await readdir(join(history, 'results'))).toEqual([`${sample.run.id}.json`]);
  });

  test('keeps the last night where its line has no end', async () => {
    await writeFile(journal, `${one}\n${two}`);
    expect(await accept()).toMatchObject({ code: ExitCode.done });
    expect(await kindsAndRuns()).toEqual(['night run-0', 'night run-1', ...ACCEPTED]);
    expect(await gate()).toMatchObject({ code: ExitCode.done, err: '' });
  });

  test('moves half a line to a file beside the history, and names it', async () => {
    const half = two?.slice(0, 50) ?? '';
    await writeFile(journal, `${one}\n${half}`);
    const { code, err } = await accept();
    expect(code).toBe(ExitCode.done);
    const aside = /moved to (.*)/.exec(err)?.[1] ?? '';
    expect(err).toContain(
      `${journal}:2: the line was cut off while it was written; it was moved to ${aside}`,
    );
    expect(await readFile(aside, 'utf8')).toBe(half);
    expect(await kindsAndRuns()).toEqual(['night run-0', ...ACCEPTED]);
  });

  test('is in the history once, although three processes add it at the same time', async () => {
    await writeFile(journal, `${one}\n${two}\n`);
    const flags = ['gate', result, '--history', history, '--accept', 'meant to be so'];
    const started = [0, 1, 2].map(() =>
      spawn(process.execPath, ['--import', './scripts/typescript.js', 'bench/bin.ts', ...flags]),
    );
    const codes = await Promise.all(started.map(async (child) => (await once(child, 'close'))[0] as unknown));
    expect(codes).toEqual([0, 0, 0]);
    expect(await kindsAndRuns()).toEqual(['night run-0', 'night run-1', ...ACCEPTED]);
  });

  test.each([
    ['results', 'is a file; it takes a directory'],
    ['history.jsonl/in-it', 'history.jsonl cannot be read: it is a directory'],
  ])('is refused before anything is written where the path is blocked: %s', async (name, problem) => {
    await mkdir(join(history, name, '..'), { recursive: true });
    await writeFile(join(history, name), '');
    const before = await readdir(history, { recursive: true });
    const { code, err } = await accept();
    expect(err).toContain(problem);
    expect(code).toBe(ExitCode.usage);
    expect(await readdir(history, { recursive: true })).toEqual(before);
  });

  test.runIf(process.getuid?.() === 0)('is refused where the history is read-only', async () => {
    await writeFile(journal, `${one}\n`);
    process.seteuid?.('nobody');
    try {
      const { code, err } = await accept();
      expect(err).toContain(`--history: nothing can be written in ${history}`);
      expect(err).toContain(`--history: nothing can be added to ${journal}: EACCES`);
      expect(code).toBe(ExitCode.usage);
    } finally {
      process.seteuid?.(0);
    }
    expect(await readFile(journal, 'utf8')).toBe(`${one}\n`);
  });
});

describe('a history', () => {
  test('with half a line is judged without it, and not written to', async () => {
    const text = `${one}\n${two?.slice(0, 50)}`;
    await writeFile(journal, text);
    const { code, err } = await gate();
    expect(err).toContain(`${journal}:2: the line was cut off while it was written; it is ignored`);
    expect(code).toBe(ExitCode.notComparable);
    expect(await readFile(journal, 'utf8')).toBe(text);
    expect(await readdir(history)).toEqual(['history.jsonl']);
  });

  test('gets the missing line of a night whose complete result was kept', async () => {
    const earlier = { ...usualNights(1)[0], startedAt: '2025-10-01T03:00:00.000Z' };
    await writeFile(journal, `${JSON.stringify(earlier)}\n`);
    await mkdir(join(history, 'results'));
    const kept = join(history, 'results', `${sample.run.id}.json`);
    await writeFile(kept, serializeResult(sample));
    const seen = await gate();
    expect(seen.err).toContain(`${kept}: this night had no line in the history; it counts`);
    const { err } = await accept();
    expect(err).toContain(`${kept}: this night had no line in the history; the line was added`);
    expect(await kindsAndRuns()).toEqual(['night run-0', ...ACCEPTED]);
    expect((await entries())[1]).toEqual(nightOf(sample));
  });

  test('names a file among its results that is no result, and ignores it', async () => {
    await writeFile(journal, `${one}\n`);
    await mkdir(join(history, 'results'));
    const other = join(history, 'results', 'notes.json');
    await writeFile(other, '{}');
    const { code, err } = await gate();
    expect(err).toContain(
      `${other}: has no line in the history, and no line can be made from it: ${other}: not a res`,
    );
    expect(code).toBe(ExitCode.notComparable);
  });

  test('that is damaged is reported together with other problems', async () => {
    await writeFile(journal, `nonsense\n${one}\n`);
    const { code, err } = await gate('--accept', ' ');
    expect(err).toContain('--accept: takes the reason, in words');
    expect(err).toContain(`${journal}:1: not a line of a history`);
    expect(err).toContain('remove each line named above');
    expect(code).toBe(ExitCode.usage);
  });
});
