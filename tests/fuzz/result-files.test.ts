import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { capturedIo } from '../fixtures/captured-io.ts';
import { run } from '../../bench/main.ts';
import { ExitCode, UsageError } from '../../bench/model/errors.ts';
import type { Result } from '../../bench/model/result.ts';
import type { Figures } from '../../bench/report/figures/figures.ts';
import { renderMarkdown } from '../../bench/report/formats/markdown/markdown.ts';
import { parseResult } from '../../bench/report/result-file.ts';
import { renderTerminal } from '../../bench/report/formats/terminal/terminal.ts';
import { livePartsOfPage } from './parsed-html.fixture.ts';
import { liveParts } from './rendered-markdown.fixture.ts';
import { EXCESSES, poisonedText, POISONS, resultText } from './result-files.fixture.ts';
import { drawing, PATIENCE_MS } from './seed.fixture.ts';

const ACTIVE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** In characters: longer text takes the Markdown renderer, which is not under test, too long or too deep. */
const RENDERABLE = 1e6;

vi.setConfig({ testTimeout: PATIENCE_MS });

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'results-'))));
afterEach(() => rm(directory, { recursive: true }));

/** Makes the reports of a file: it is refused in a few words, or no data in them is live. */
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
  const [report = '', html = '', result = ''] = io.err().trim().split('\n');
  const latest = join(out, 'latest.md');
  expect(contentOf(await readFile(result, 'utf8'))).toEqual(contentOf(text));
  for (const page of [report, latest]) {
    const markdown = await readFile(page, 'utf8');
    if (markdown.length < RENDERABLE) expect(liveParts(markdown)).toEqual([]);
  }
  const page = await readFile(html, 'utf8');
  if (page.length < RENDERABLE) expect(livePartsOfPage(page)).toEqual([]);
  return 'written';
}

/** Without keys called `__proto__`, which values read from a file never have. */
const contentOf = (text: string): unknown =>
  JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));

/** The same without a file and without figures, which take most of a report's time. */
function rendered(text: string): 'refused' | 'written' {
  const result = parsed(text);
  if (!result) return 'refused';
  expect(renderTerminal(result, { columns: 140, color: false })).not.toMatch(ACTIVE);
  const markdown = renderMarkdown(result, 'result.json', NO_FIGURES);
  if (markdown.length < RENDERABLE) expect(liveParts(markdown)).toEqual([]);
  return 'written';
}

function parsed(text: string): Result | undefined {
  try {
    return parseResult(text, 'result.json');
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return undefined;
  }
}

const NO_FIGURES: Figures = { sections: {}, plans: [], history: undefined };

test('a damaged result is refused, or rendered with no live data', () => {
  const inputs = drawing(5_000);
  const ends = { refused: 0, written: 0 };
  fc.assert(
    fc.property(resultText, (text) => {
      ends[rendered(text)] += 1;
    }),
    inputs,
  );
  expect(Math.min(ends.refused, ends.written)).toBeGreaterThan(inputs.numRuns / 10);
});

test('the command refuses a damaged file in a few words, or writes every report and figure with no live data', async () => {
  const inputs = drawing(1_500);
  const ends = { refused: 0, written: 0 };
  await fc.assert(
    fc.asyncProperty(resultText, async (text) => {
      ends[await reported(text)] += 1;
    }),
    inputs,
  );
  expect(Math.min(ends.refused, ends.written)).toBeGreaterThan(inputs.numRuns / 10);
});

test.each(POISONS)('%s is text in every field of a result', async (_, poison) => {
  expect(await reported(poisonedText(poison))).toBe('written');
});

test.each(Object.entries(EXCESSES))('%s does not make it fail', async (_, text) => {
  await reported(text());
});
