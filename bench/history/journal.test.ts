import { describe, expect, test } from 'vitest';
import type { Acceptance } from '../model/night.ts';
import { journalText, parseJournal, withMissing, withNight } from './journal.ts';
import { usualNights } from './night.fixture.ts';

const nights = usualNights(3);
const [first, second, third] = nights as [(typeof nights)[0], (typeof nights)[0], (typeof nights)[0]];
const lines = nights.map((night) => JSON.stringify(night));
const path = 'history/history.jsonl';

const accepted: Acceptance = {
  kind: 'acceptance',
  at: second.startedAt,
  run: second.run,
  reason: 'meant to be so',
  scope: 'findings',
  findings: [],
};

describe('the text of a history', () => {
  test('gives its nights in order, and is written back unchanged', () => {
    const text = lines.map((line) => `${line.replace('{', '{ ')}\n`).join('\n');
    const { entries, texts, cutOff } = parseJournal(text, path);
    expect(entries).toEqual(nights);
    expect(cutOff).toBeUndefined();
    expect(journalText(entries, texts)).toBe(text.replaceAll('\n\n', '\n'));
  });

  test('accepts a last line without a line end, and adds the end', () => {
    const { entries, texts } = parseJournal(lines.join('\n'), path);
    expect(entries).toEqual(nights);
    expect(journalText([...entries, accepted], texts)).toBe(
      `${lines.join('\n')}\n${JSON.stringify(accepted)}\n`,
    );
  });

  test('ignores half a line at its end, and reports it', () => {
    const half = lines[2]?.slice(0, 40) ?? '';
    const { entries, cutOff } = parseJournal([...lines.slice(0, 2), half].join('\n'), path);
    expect(entries).toEqual([first, second]);
    expect(cutOff).toEqual({ text: half, line: 3 });
  });

  test('with a damaged line before the end is refused, with the line number and the remedy', () => {
    const damaged = `${lines[0] ?? ''}${lines[1] ?? ''}\n${lines[2] ?? ''}\n`;
    expect(() => parseJournal(damaged, path)).toThrow(
      `${path}:1: not a line of a history; it may have been cut off while it was written\n` +
        `${path}: keep a copy, then remove`,
    );
  });

  test('with a line of another kind is refused, with its problems', () => {
    expect(() => parseJournal('{"kind":"night","run":7}', path)).toThrow(/history\.jsonl:1: run: /);
  });
});

describe('a night', () => {
  test('is added at the end, or replaces the entry of the same run', () => {
    expect(withNight([first, third], second)).toEqual([first, third, second]);
    const again = { ...first, isNoisy: true };
    expect(withNight([first, accepted, third], again)).toEqual([again, accepted, third]);
  });

  test('whose line is missing gets it before its acceptance and before later nights', () => {
    expect(withMissing([first, third], second)).toEqual([first, second, third]);
    expect(withMissing([first, accepted, third], second)).toEqual([first, second, accepted, third]);
    expect(withMissing([first, second], third)).toEqual(nights);
  });
});
