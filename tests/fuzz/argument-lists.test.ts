import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { COMMANDS, type CommandName } from '../../bench/flags/commands.ts';
import { capturedIo } from '../fixtures/captured-io.ts';
import { run } from '../../bench/main.ts';
import { ExitCode } from '../../bench/model/errors.ts';
import { refusedArguments } from './argument-lists.fixture.ts';
import { hostileText } from './hostile-text.fixture.ts';
import { drawing, PATIENCE_MS } from './seed.fixture.ts';

vi.setConfig({ testTimeout: PATIENCE_MS });

const INPUTS = 5_000;

/** Refused in words: no stack trace, and no input that a terminal would act upon. */
async function expectRefusal(argv: readonly string[]): Promise<void> {
  const io = capturedIo();
  expect(await run(argv, io)).toBe(ExitCode.usage);
  expect(io.out()).toBe('');
  expect(io.err()).toMatch(/^index-impact: ./);
  expect(io.err()).not.toMatch(/\n\s+at /);
  expect(io.err()).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
}

test.each(Object.keys(COMMANDS) as CommandName[])(
  '%s refuses invalid arguments, in words',
  async (command) => {
    await fc.assert(fc.asyncProperty(refusedArguments(command), expectRefusal), drawing(INPUTS));
  },
);

test('an unknown command is refused in words', async () => {
  const words = hostileText.filter((word) => word !== '' && !Object.hasOwn(COMMANDS, word));
  await fc.assert(fc.asyncProperty(fc.tuple(words), expectRefusal), drawing(500));
});
