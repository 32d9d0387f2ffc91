import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { programWords } from './program.ts';

test.each([
  ['in a checkout', 'bench/system/program.ts', 'npm run index-impact --'],
  ['where it is built', 'dist/bench/system/program.js', 'node dist/bench/bin.js'],
  ['where it is installed', 'node_modules/index-impact/dist/bench/system/program.js', 'npx index-impact'],
])('%s, a printed command begins with what can be typed there', (_, file, words) => {
  expect(programWords(resolve(file)).join(' ')).toBe(words);
});
