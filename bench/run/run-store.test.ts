import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sampleMeasurements, sampleResult } from '../report/sample-result.fixture.ts';
import { sampleRounds } from '../report/sample-rounds.fixture.ts';
import { writeResult } from '../report/write-report.ts';
import { describeResumption, describeRun } from './describe-run.ts';
import type { RunRequest } from './run-request.ts';
import { RunState } from './run-state.ts';
import { RunStore } from './run-store.ts';
import { sampleRequest, sampleUnfinished } from './unfinished.fixture.ts';
import type { Unfinished } from './unfinished-shape.ts';

const { run, environment, dataset } = sampleResult();
const { sources, ...unfinished } = sampleUnfinished();
const NOTHING = {
  reads: [],
  writes: [],
  canaries: [],
  yardsticks: [],
  concurrency: [],
  longRuns: [],
  opportunities: [],
  facts: [],
  rounds: [],
};

let out: string;
beforeEach(async () => (out = await mkdtemp(join(tmpdir(), 'store-'))));
afterEach(() => rm(out, { recursive: true }));

const storeOf = (request: RunRequest, head = run, resumed?: Unfinished): RunStore => {
  const store = new RunStore(new RunState(head, request, resumed), request);
  store.state.ask(sources);
  return store;
};

test('while a run goes on, what it has measured is on disk after every item, and nothing is judged', async () => {
  const judgeClaim = vi.fn(() => []);
  const store = storeOf(sampleRequest(out, judgeClaim));
  await store.begin(environment, dataset);
  for (const read of sampleMeasurements().reads) {
    await store.add('reads', read);
    expect(await readdir(join(out, run.id))).toEqual(['unfinished.json']);
  }
  expect(judgeClaim).not.toHaveBeenCalled();
  await store.complete();
  expect(judgeClaim).toHaveBeenCalledOnce();
  expect(await readdir(join(out, run.id))).toEqual(['result.json', 'unfinished.json']);
});

test('a run goes on with the mix of the statements that its rows have left', async () => {
  const request = sampleRequest(out, () => []);
  const store = storeOf(request, describeRun(request, new Date()));
  await store.begin(environment, dataset);
  await store.change({ ...request, mix: { reads: 12, writes: 103 } });
  const path = join(out, store.state.id, 'unfinished.json');
  const { content: kept } = JSON.parse(await readFile(path, 'utf8')) as { content: Unfinished };
  expect(kept.run.mix).toEqual({ reads: 12, writes: 103 });
  expect(kept.run.command).toContain('--mix 12:103');
  expect(kept.flags).toContain('12:103');
});

test('a resumed run keeps the result of the process before it until it is known to be the same', async () => {
  const request = sampleRequest(out, () => []);
  const head = describeRun(request, new Date());
  const before = { ...unfinished, sources, run: head, measured: NOTHING };
  const directory = join(out, head.id);
  await writeResult(directory, { ...sampleResult(), run: head });

  const store = storeOf(request, describeResumption(head, new Date()), before);
  const otherServer = { ...environment, postgresVersion: '17.0' };
  await expect(store.begin(otherServer, dataset)).rejects.toThrow();
  expect(await readdir(directory)).toEqual(['result.json']);
  await store.begin(environment, dataset);
  expect(await readdir(directory)).toEqual(['unfinished.json']);
});

test('the rounds of a resumed run go on where those of the process before it ended', () => {
  const request = sampleRequest(out, () => []);
  const head = describeRun(request, new Date());
  const measured = { ...NOTHING, rounds: sampleRounds() };
  const before = { ...unfinished, sources, run: head, measured };
  const store = storeOf(request, describeResumption(head, new Date()), before);
  const { rounds } = store.state.measured;
  const [first] = rounds;
  const last = rounds.at(-1);
  if (!first || !last) throw new Error('the sample has rounds');
  store.state.addRound({ ...first, ordinal: last.ordinal + 1, startedAtSeconds: 2 });
  expect(rounds.at(-1)).toEqual({
    ...first,
    ordinal: 21,
    startedAtSeconds: last.startedAtSeconds + last.seconds + 2,
  });
});
