import { expect, test } from 'vitest';
import { fakeStream } from './fake-stream.fixture.ts';
import { plainProgress } from './plain.ts';
import { createProgress } from './progress.ts';
import { sampleItem, showSampleRun } from './sample-run.fixture.ts';

test('a pipe gets one line for each phase and each item that ended, and nothing else', async () => {
  const stream = fakeStream();
  showSampleRun(plainProgress(stream));
  await expect(stream.text()).toMatchFileSnapshot('__golden__/plain.txt');
});

test('an unfinished phase gets one line that says so', () => {
  const stream = fakeStream();
  const progress = plainProgress(stream);
  progress.phaseStarted('seed');
  progress.stopped();
  progress.stopped();
  expect(stream.text()).toMatch(/^ {2}-- {2}seed {8}0\.\d s\n$/);
});

test('a pipe gets no escape sequence, not even from the data', () => {
  const stream = fakeStream();
  const progress = createProgress(stream, { color: true });
  showSampleRun(progress);
  progress.itemFinished({ ...sampleItem, title: '\u001b[2Jgone' }, 'failed:\n\u001b]0;owned\u0007');
  progress.stopped();
  expect(stream.text()).toContain('\ufffd[2Jgone   failed: \ufffd]0;owned\ufffd');
  expect(stream.text()).not.toContain('\u001b');
});
