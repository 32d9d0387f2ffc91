import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { compareNights } from '../../bench/history/compare.ts';
import { judgeNight } from '../../bench/history/gate.ts';
import { parseJournal } from '../../bench/history/journal.ts';
import { nightOf } from '../../bench/history/night-of.ts';
import { UsageError } from '../../bench/model/errors.ts';
import type { HistoryEntry, Night } from '../../bench/model/night.ts';
import type { Result } from '../../bench/model/result.ts';
import { renderComparison } from '../../bench/report/comparison.ts';
import { renderGate, renderGateMarkdown } from '../../bench/report/gate.ts';
import { parseResult } from '../../bench/report/result-file.ts';
import { sampleResult } from '../../bench/report/sample-result.fixture.ts';
import { hostileText } from './hostile-text.fixture.ts';
import { changed, changesAt, placesIn } from './mutation.fixture.ts';
import { liveInPage } from './rendered-markdown.fixture.ts';
import { resultText } from './result-files.fixture.ts';
import { drawing, PATIENCE_MS } from './seed.fixture.ts';

const ACTIVE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const SCREEN = { columns: 120, color: false };

vi.setConfig({ testTimeout: PATIENCE_MS });

const sample = nightOf(sampleResult());
const history: HistoryEntry[] = Array.from({ length: 6 }, (_, ordinal) => ({
  ...sample,
  run: `run-${ordinal}`,
}));

function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).not.toMatch(ACTIVE);
    return undefined;
  }
}

function judged(entries: readonly HistoryEntry[], night: Night): void {
  const context = { gate: judgeNight(entries, night), acceptCommand: 'index-impact gate', trends: [] };
  expect(renderGate(context, SCREEN)).not.toMatch(ACTIVE);
  expect(liveInPage(renderGateMarkdown(context))).toEqual([]);
}

test('a night of any valid result is judged and compared, and no text in it is live', () => {
  const inputs = drawing(5_000);
  let accepted = 0;
  fc.assert(
    fc.property(resultText, (text) => {
      const result: Result | undefined = parsed(() => parseResult(text, 'result.json'));
      if (!result) return;
      accepted += 1;
      const night = nightOf(result);
      judged(history, night);
      judged(history, { ...night, run: 'another', key: sample.key });
      expect(renderComparison(compareNights(sample, night), SCREEN)).not.toMatch(ACTIVE);
    }),
    inputs,
  );
  expect(accepted).toBeGreaterThan(inputs.numRuns / 10);
});

test('a history with changed lines is judged, or refused by line number', () => {
  const inputs = drawing(5_000);
  const lines = [sample, { ...sample, run: 'run-1' }];
  const data = fc.oneof(hostileText, fc.double(), fc.constantFrom<unknown>(null, [], {}, -1, 1e308));
  const mutated = changesAt(placesIn(lines), data).map((changes) => changed(lines, changes) as unknown[]);
  let accepted = 0;
  fc.assert(
    fc.property(mutated, (entries) => {
      const text = entries.map((entry) => JSON.stringify(entry)).join('\n');
      const known = parsed(() => parseJournal(text, 'history.jsonl'));
      if (!known) return;
      accepted += 1;
      judged(known.entries, { ...sample, run: 'tonight' });
    }),
    inputs,
  );
  expect(accepted).toBeGreaterThan(inputs.numRuns / 10);
});
