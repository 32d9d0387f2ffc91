import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendToHistory, keepResult, readHistory } from './journal.ts';
import { usualNights } from './night.fixture.ts';

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'history-'))));
afterEach(() => rm(directory, { recursive: true }));

const nights = usualNights(2);

test('a history that is not there yet is empty', async () => {
  expect(await readHistory(join(directory, 'none'))).toEqual([]);
});

test('nights come back in the order in which they were added', async () => {
  for (const night of nights) await appendToHistory(directory, night);
  expect(await readHistory(directory)).toEqual(nights);
});

test('a line that was cut off is named, and nothing is written over it', async () => {
  for (const night of nights) await appendToHistory(directory, night);
  const path = join(directory, 'history.jsonl');
  await appendFile(path, '{"kind":"night","run":"x"');
  const text = await readFile(path, 'utf8');
  await expect(readHistory(directory)).rejects.toThrow(`${path}:3: not a line of a history`);
  expect(await readFile(path, 'utf8')).toBe(text);
});

test('a line that holds something else is named with what is wrong in it', async () => {
  await writeFile(join(directory, 'history.jsonl'), `{"kind":"night","run":7}\n`);
  await expect(readHistory(directory)).rejects.toThrow(/history\.jsonl:1: run: /);
});

test('the whole result of a night is kept beside it', async () => {
  const result = join(directory, 'result.json');
  await writeFile(result, '{"a": 1}');
  await keepResult(directory, 'run-1', result);
  expect(await readFile(join(directory, 'results', 'run-1.json'), 'utf8')).toBe('{"a": 1}');
});
