import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeStream, screenOf } from './fake-stream.fixture.ts';
import { liveProgress } from './live.ts';
import { sampleEstimate, sampleItem, showSampleRun } from './sample-run.fixture.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const colourless = { color: false };

test.each([60, 80, 120])(
  'finished phases stay, and the running one is below them, at %d columns',
  async (columns) => {
    const stream = fakeStream(columns);
    const progress = liveProgress(stream, colourless);
    showSampleRun(progress);
    vi.advanceTimersByTime(1500);
    const screen = screenOf(stream.text()).join('\n');
    progress.stopped();
    await expect(screen).toMatchFileSnapshot(`__golden__/live-${columns}.txt`);
  },
);

test('the clock of the running phase ticks without any event', () => {
  const stream = fakeStream(80);
  const progress = liveProgress(stream, colourless);
  progress.phaseStarted('seed');
  vi.advanceTimersByTime(2000);
  expect(screenOf(stream.text())).toEqual(['  ..  seed        2.0 s', '']);
  progress.stopped();
});

test('an unfinished phase stays on the screen, and nothing changes after that', () => {
  const stream = fakeStream(120);
  const progress = liveProgress(stream, colourless);
  progress.phaseStarted('measure');
  progress.itemAdvanced(sampleItem, 12, [sampleEstimate]);
  vi.advanceTimersByTime(1000);
  progress.stopped();
  const text = stream.text();
  expect(screenOf(text)).toEqual([
    '  --  measure     1.0 s   41/64   at most 40 s left',
    '      shipped  Example 2  recent activity   12 pairs  3.10x [2.90, 3.40]',
    '',
  ]);
  vi.advanceTimersByTime(5000);
  progress.stopped();
  expect(stream.text()).toBe(text);
});

test('a terminal of unknown size is treated as one of usual size', () => {
  const stream = Object.assign(fakeStream(0), { rows: 0 });
  const progress = liveProgress(stream, colourless);
  progress.phaseStarted('seed');
  vi.advanceTimersByTime(500);
  expect(screenOf(stream.text())).toEqual(['  ..  seed        0.5 s', '']);
  progress.stopped();
});

test('after the last phase only finished lines remain', () => {
  const stream = fakeStream(80);
  const progress = liveProgress(stream, colourless);
  progress.phaseStarted('server');
  progress.phaseFinished('server', 0.83, 'PostgreSQL 18.4');
  progress.stopped();
  expect(screenOf(stream.text())).toEqual(['  ok  server      0.8 s   PostgreSQL 18.4', '']);
});

test('only the mark of a line is coloured, and only when colour is asked for', () => {
  const shown = (color: boolean): string => {
    const stream = fakeStream(80);
    const progress = liveProgress(stream, { color });
    progress.phaseFinished('server', 0.83, 'ok');
    progress.stopped();
    return stream.text();
  };
  expect(shown(true)).toContain('  \u001b[32mok\u001b[39m  server ');
  expect(shown(false)).not.toContain('\u001b[32m');
});

test('no line is wider than the terminal, and no control character of the data reaches it', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 20, max: 200 }), (title, failure, columns) => {
      const stream = fakeStream(columns);
      const progress = liveProgress(stream, colourless);
      progress.phaseStarted('measure');
      progress.itemAdvanced({ ...sampleItem, title }, 12, [sampleEstimate]);
      progress.itemFinished({ ...sampleItem, title }, failure);
      progress.stopped();
      for (const line of screenOf(stream.text())) {
        expect(Array.from(line).length).toBeLessThan(columns);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }
    }),
    { numRuns: 200 },
  );
});
