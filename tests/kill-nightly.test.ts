import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KILLS, killWithin, ownTemporary, SMALL, untilShown } from './fixtures/kills.ts';
import { usualNights } from '../bench/history/night.fixture.ts';
import { HistoryEntry } from '../bench/model/night.ts';
import { parseResult, serializeResult } from '../bench/report/result-file.ts';
import { sampleResult } from '../bench/report/sample-result.fixture.ts';

const temporary = ownTemporary();

let own: string;
let history: string;
let out: string;
beforeEach(async () => {
  own = await mkdtemp(join(tmpdir(), 'nights-'));
  [history, out] = [join(own, 'history'), join(own, 'reports')];
  await mkdir(history);
});
afterEach(() => rm(own, { recursive: true, force: true }));

const journal = () => join(history, 'history.jsonl');

const entries = async (): Promise<HistoryEntry[]> =>
  (await readFile(journal(), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => HistoryEntry.parse(JSON.parse(line)));

const namesIn = (directory: string): string[] => (existsSync(directory) ? readdirSync(directory) : []);

const keptRuns = (): string[] => namesIn(join(history, 'results')).map((name) => basename(name, '.json'));

/** A complete run keeps no state for --resume. */
const isMeasured = (): boolean =>
  namesIn(out).some((run) => {
    const files = namesIn(join(out, run));
    return (
      files.includes('result.json') && !files.includes('unfinished.json') && !files.includes('report.md')
    );
  });

/** A night takes longer than the other killed programs. */
const NIGHTS = Math.ceil(KILLS / 2);

test(
  `after each of ${NIGHTS} kills of nightly between result and report, no night is lost, doubled or half`,
  { timeout: NIGHTS * 120_000 },
  async () => {
    const flags = ['nightly', ...SMALL, '--workload', 'headline', '--budget', '1'];
    const night = () => temporary.start(...flags, '--history', history, '--out', out);
    for (let kill = 1; kill <= NIGHTS; kill++) {
      await rm(out, { recursive: true, force: true });
      const killed = night();
      await untilShown(killed, isMeasured);
      await killWithin(killed, 300);
      const kept = keptRuns().filter((name) => !name.includes('partial'));
      const next = night();
      expect([0, 1]).toContain(await next.ended);
      expect(next.output()).toContain('latest-gate.md');
      const runs = (await entries()).map(({ run }) => run);
      expect(runs).toEqual([...new Set(runs)]);
      expect(runs).toEqual(expect.arrayContaining(kept));
      expect(keptRuns().toSorted()).toEqual(runs.toSorted());
      for (const run of runs) {
        const file = join(history, 'results', `${run}.json`);
        expect(parseResult(await readFile(file, 'utf8'), file).run.outcome.state).toBe('complete');
      }
      expect((await readdir(history)).toSorted()).toEqual(['history.jsonl', 'results']);
      expect(await readdir(temporary.path)).toEqual([]);
      expect(await temporary.serversLeft()).toEqual([]);
    }
  },
);

test(
  `after each of ${KILLS} kills of gate --accept, the acceptance is whole or not there, and can be made`,
  { timeout: KILLS * 60_000 },
  async () => {
    const sample = sampleResult();
    // Later than the nights before it, as a night is.
    sample.run.startedAt = '2027-01-01T03:00:00.000Z';
    const result = join(own, 'result.json');
    await writeFile(result, serializeResult(sample));
    const before = usualNights(200);
    const expected = [...before.map(({ run }) => run), sample.run.id, sample.run.id];
    for (let kill = 1; kill <= KILLS; kill++) {
      await rm(history, { recursive: true });
      await mkdir(history);
      await writeFile(journal(), before.map((one) => `${JSON.stringify(one)}\n`).join(''));
      const accept = () => temporary.start('gate', result, '--history', history, '--accept', 'meant');
      const killed = accept();
      await untilShown(killed, () => namesIn(history).some((name) => name.endsWith('.claim')));
      await killWithin(killed, 40);
      expect([before.length, expected.length]).toContain((await entries()).length);
      const next = accept();
      expect(await next.ended, next.output()).toBe(0);
      expect((await entries()).map(({ run }) => run)).toEqual(expected);
      expect((await readdir(history)).toSorted()).toEqual(['history.jsonl', 'results']);
      expect(keptRuns()).toEqual([sample.run.id]);
    }
  },
);
