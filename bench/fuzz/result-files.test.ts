import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { capturedIo } from '../fixtures/captured-io.ts';
import { run } from '../main.ts';
import { ExitCode } from '../model/errors.ts';
import { liveParts } from './rendered-markdown.fixture.ts';
import { EXCESSES, poisonedText, POISONS, resultText } from './result-files.fixture.ts';
import { drawing, PATIENCE_MS } from './seed.fixture.ts';

const ACTIVE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** In characters: what is longer takes the renderer, which is not on trial here, too long or too deep. */
const RENDERABLE = 1e6;

vi.setConfig({ testTimeout: PATIENCE_MS });

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'results-'))));
afterEach(() => rm(directory, { recursive: true }));

/** Makes the reports of a file: either it is refused in a few words, or nothing in them is alive that was data. */
async function reported(text: string): Promise<'refused' | 'written'> {
  const [file, out] = [join(directory, 'result.json'), join(directory, 'reports')];
  await writeFile(file, text);
  const io = capturedIo();
  const code = await run(['report', file, '--out', out], io);
  expect(io.out()).not.toMatch(ACTIVE);
  expect(io.err()).not.toMatch(ACTIVE);
  if (code !== ExitCode.done) {
    expect(code, io.err()).toBe(ExitCode.usage);
    expect(io.out()).toBe('');
    expect(io.err().startsWith(`index-impact: ${file}: `)).toBe(true);
    expect(io.err().length).toBeLessThan(6_000);
    return 'refused';
  }
  const [report = '', result = '', latest = ''] = io.err().trim().split('\n');
  expect(contentOf(await readFile(result, 'utf8'))).toEqual(contentOf(text));
  for (const page of [report, latest]) {
    const markdown = await readFile(page, 'utf8');
    if (markdown.length < RENDERABLE) expect(liveParts(markdown)).toEqual([]);
  }
  return 'written';
}

/** Without keys called `__proto__`, which nothing that is read from a file gets. */
const contentOf = (text: string): unknown =>
  JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));

test('a file that was once a result is refused in a few words, or reported with nothing alive in it', async () => {
  const ends = { refused: 0, written: 0 };
  await fc.assert(
    fc.asyncProperty(resultText, async (text) => {
      ends[await reported(text)] += 1;
    }),
    drawing(5_000),
  );
  expect(Math.min(ends.refused, ends.written)).toBeGreaterThan(500);
});

test.each(POISONS)('%s is text, wherever it stands in a result', async (_, poison) => {
  expect(await reported(poisonedText(poison))).toBe('written');
});

test.each(Object.entries(EXCESSES))('%s is no reason to fail', async (_, text) => {
  await reported(text());
});
