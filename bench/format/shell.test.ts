import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellCommand } from './shell.ts';

/** The arguments that a program gets from a shell that runs the line. */
const wordsOf = (line: string): string[] =>
  execFileSync('sh', ['-c', line], { encoding: 'utf8' }).split('\0').slice(0, -1);

test('a shell splits the line into the original words, whatever they contain', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
    fc.constantFrom('', '~', '*', '-n', 'a b', "it's", '$(id)', '`id`', 'a\nb', '\\', '!', '#', '"', 'a=b'),
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
      expect(wordsOf(shellCommand(['printf', '%s\\0', ...words]))).toEqual(words);
    }),
    { numRuns: 60, seed: 1 },
  );
});

test('a variable is set for the one command', () => {
  const line = shellCommand(['sh', '-c', `printf '%s\\0' "$PLACE"`], { PLACE: "a 'b' $HOME" });
  expect(wordsOf(line)).toEqual(["a 'b' $HOME"]);
});

test('plain words stay unquoted', () => {
  expect(shellCommand(['index-impact', 'stop', '/tmp/a-1_b.c'])).toBe('index-impact stop /tmp/a-1_b.c');
});
