import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { capturedIo } from '../fixtures/captured-io.ts';
import { run } from '../../bench/main.ts';
import { ExitCode } from '../../bench/model/errors.ts';
import { checkSuite } from '../../bench/suite/check-suite.ts';
import { drawing, PATIENCE_MS } from './seed.fixture.ts';
import { moduleText, strangeExport, suiteChanges, suiteWith } from './suite-modules.fixture.ts';

vi.setConfig({ testTimeout: PATIENCE_MS });

let directory: string;
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'modules-'))));
afterAll(() => rm(directory, { recursive: true }));

function expectFewWords(problems: readonly string[]): void {
  expect(problems.length).toBeLessThanOrEqual(21);
  for (const problem of problems) expect(problem).toMatch(/\S/);
}

async function problemsOf(exported: unknown): Promise<string[]> {
  const checked = await checkSuite(exported, directory);
  return checked.state === 'sound' ? [] : checked.problems;
}

test('a changed suite is accepted, or refused in a few words', async () => {
  await fc.assert(
    fc.asyncProperty(suiteChanges, async (changes) => {
      expectFewWords(await problemsOf(suiteWith(changes)));
    }),
    drawing(5_000),
  );
});

test('a value that is no suite is refused in a few words', async () => {
  await fc.assert(
    fc.asyncProperty(strangeExport, async (value) => {
      const problems = await problemsOf(value());
      expect(problems).not.toEqual([]);
      expectFewWords(problems);
    }),
    drawing(2_000),
  );
});

test('a broken module is refused in words, none of them live', async () => {
  let files = 0;
  const refused = async ({ extension, text }: { extension: string; text: string }): Promise<void> => {
    const file = join(directory, `${(files += 1)}.${extension}`);
    await writeFile(file, text);
    const io = capturedIo();
    expect(await run(['run', '--suite', file], io)).toBe(ExitCode.usage);
    expect(io.out()).toBe('');
    expect(io.err().startsWith(`index-impact: --suite ${file}: `)).toBe(true);
    expect(io.err()).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  };
  await fc.assert(fc.asyncProperty(moduleText, refused), drawing(300));
});
