import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { ItemProgress, Progress } from '../model/progress.ts';
import { createProgress } from './progress.ts';

const item = (ordinal: number, secondsLeft?: number): ItemProgress => ({
  ordinal,
  total: 12,
  baseline: 'bare',
  title: 'Example 2  recent activity',
  metric: 'speedup',
  secondsLeft,
});
const estimate = { point: 3.42, low: 3.1, high: 3.71, confidence: 0.959, n: 20, method: 'test' };

function tellStory(progress: Progress): void {
  progress.started('index-impact   suite tiny');
  progress.phaseStarted('seed');
  progress.phaseFinished('seed', 4.12, '190,000 rows');
  progress.phaseStarted('measure');
  for (const visited of [item(0, 41), item(0, 41), { ...item(0, 40.5), round: 2 }])
    progress.itemStarted({ round: 1, ...visited });
  progress.itemStarted(item(1));
  progress.itemAdvanced(item(1), 20, [estimate]);
  progress.itemFinished(item(1), undefined);
  progress.itemStarted(item(2, 40.2));
  progress.itemFinished(item(2, 38), 'failed: no such column');
  progress.phaseFinished('measure', 90, '12 reads');
  progress.stopped();
}

function shown(terminal?: { columns: number }): string {
  const stream = Object.assign(new PassThrough(), terminal && { isTTY: true, ...terminal });
  tellStory(createProgress(stream));
  return String(stream.read());
}

test('a pipe gets one line for each phase and item that ended and each round, and no escape sequence', () => {
  expect(shown()).toBe(
    [
      'index-impact   suite tiny',
      '',
      '  ok  seed        4.1 s   190,000 rows',
      '      round 1    0/12   at most 41 s left',
      '      round 2    0/12   at most 41 s left',
      '       1/12  bare     Example 2  recent activity   20 pairs  3.42x [3.10, 3.71]',
      '       2/12  bare     Example 2  recent activity   failed: no such column   at most 38 s left',
      '  ok  measure    90.0 s   12 reads',
      '',
    ].join('\n'),
  );
});

test('a terminal keeps lines that ended or failed, and nothing else', () => {
  const text = shown({ columns: 100 });
  expect(text).toContain('  ok  seed        4.1 s   190,000 rows\n');
  expect(text).toContain('2/12  bare     Example 2  recent activity   failed: no such column\n');
  const escape = String.fromCharCode(27);
  const visible = text.replaceAll(new RegExp(`${escape}\\[[0-9;?]*[A-Za-z]`, 'g'), '').split('\n');
  expect(Math.max(...visible.map((line) => line.length))).toBeLessThan(100);
});
