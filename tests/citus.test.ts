import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExitCode } from '../bench/model/errors.ts';
import { run } from '../bench/main.ts';
import type { UpdateCounters } from '../bench/model/counters.ts';
import type { MeasuredRead } from '../bench/model/item-result.ts';
import { isQuiet } from '../bench/model/noise.ts';
import { NOISY } from '../bench/model/outcome.ts';
import type { Result } from '../bench/model/result.ts';
import { missingEngine } from '../bench/servers/containers/container-engine.fixture.ts';
import { citus } from '../bench/servers/citus/index.ts';
import { processIdentity } from '../bench/system/process-identity.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { CITUS_IMAGE } from './fixtures/cluster.ts';
import { runDirectory } from './fixtures/disturbed-run.ts';
import { startProgram } from './fixtures/program.ts';
import { storedResult } from './fixtures/stored-result.ts';

const missing = await missingEngine(CITUS_IMAGE);
if (missing) process.stderr.write(`skipped: ${missing}\n`);

const ITEMS = 'example-1,example-2,example-3,example-4,insert-social-media-activity,update-leads-updated-at';
const ASKED = ['run', '--scale', '0.2', '--baseline', 'shipped', '--only', ITEMS, '--budget', '3'];
const SPREAD = [
  'run',
  '--suite',
  'tests/fixtures/spread-suite/suite.ts',
  '--scale',
  '0.05',
  '--baseline',
  'shipped',
  '--budget',
  '6',
];
const CLUSTER = ['--target', 'citus', '--nodes', '2', '--image', CITUS_IMAGE];

const engine = async (...argv: string[]): Promise<string[]> => {
  const { stdout } = await promisify(execFile)('docker', argv);
  return stdout.split('\n').filter((line) => line !== '');
};

/** Containers and networks that this process or one of its children has made, and that are there. */
async function made(identity: string): Promise<string[]> {
  const label = ['--quiet', '--filter', `label=index-impact=${identity}`];
  return [...(await engine('ps', '--all', ...label)), ...(await engine('network', 'ls', ...label))];
}

const directories: string[] = [];
async function directory(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'citus-'));
  directories.push(made);
  return made;
}
afterAll(() => Promise.all(directories.map((one) => rm(one, { recursive: true }))));

describe.skipIf(missing)(`a cluster of Citus${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let result: Result;
  let single: Result;

  const measured = async (...target: string[]): Promise<Result> => {
    const out = await directory();
    const io = capturedIo();
    expect(await run([...ASKED, ...target, '--out', out], io), io.err()).toBe(ExitCode.done);
    return storedResult(out);
  };

  beforeAll(async () => {
    result = await measured(...CLUSTER);
    single = await measured('--target', 'docker', '--image', CITUS_IMAGE);
  }, 1_200_000);

  test('is measured to verdicts, and said again by the command', () => {
    expect(result.environment.target).toBe('citus');
    expect(result.run.command).toContain(`--target citus --pg 15 --image ${CITUS_IMAGE} --nodes 2`);
    expect(result.reads.map(({ state }) => state)).toEqual(Array(4).fill('measured'));
    expect(result.writes.map(({ state }) => state)).toEqual(Array(2).fill('measured'));
  });

  test('has canaries that are quiet, or says of every time that it is noisy', () => {
    const { reads, writes, canaries } = result;
    const rows = [...reads, ...writes].filter((row) => row.state === 'measured');
    const isMarked = rows.every(({ warnings }) => warnings.some(({ code }) => code === NOISY));
    expect(canaries).not.toEqual([]);
    expect(canaries.every(isQuiet)).toBe(!isMarked);
  });

  test('says where each table is, and which constraints had to change', () => {
    const { tables = [], changed = [] } = result.dataset.distribution ?? {};
    const placed = Object.fromEntries(tables.map(({ table, placement }) => [table, placement.state]));
    expect(placed).toMatchObject({
      leads: 'reference',
      social_media_activity: 'distributed',
      agent_executions: 'distributed',
      voice_session_logs: 'local',
    });
    expect(changed.map(({ name }) => name)).toEqual([
      'ix_contact_social_profiles_linkedin_url',
      'ix_organization_charts_company_linkedin_url',
      'ix_social_media_activity_platform_post_id',
    ]);
  });

  test('has every index of the candidate on every shard of its table', () => {
    // A local table that Citus knows of has one shard, on the coordinator.
    const shardsOf = new Map(
      result.dataset.distribution?.tables.map(({ table, placement }) => [
        table,
        { distributed: 8, reference: 3, local: 1 }[placement.state],
      ]),
    );
    const { indexes } = result.candidate;
    expect(indexes).toHaveLength(19);
    expect(indexes.map(({ name, copies }) => [name, copies?.count, copies?.invalid ?? 0])).toEqual(
      indexes.map(({ name, table }) => [name, shardsOf.get(table), 0]),
    );
  });

  test('has the rows of one machine', () => {
    const rowsOf = ({ dataset }: Result) =>
      dataset.tables.map(({ table, rows, sha256 }) => ({ table, rows, sha256 }));
    expect(rowsOf(result)).toEqual(rowsOf(single));
  });

  test('has the answers of one machine, from shards that are read as its table is', () => {
    const [there, here] = [result, single].map(({ reads }) => reads.filter(isMeasured));
    const answersOf = (reads: readonly MeasuredRead[] = []) =>
      reads.map(({ id, answers, counters, plans }) => ({
        ...{ id, answers, rows: counters.after.rows },
        ...{ changed: plans.changed, candidateIndexes: plans.candidateIndexes },
      }));
    expect(answersOf(there)).toEqual(answersOf(here));
    for (const [position, { plans }] of (here ?? []).entries())
      for (const arm of ['before', 'after'] as const)
        expect(there?.[position]?.plans[arm].signature).toContain(plans[arm].signature);
  });

  test('counts what one machine does, for each copy of a row, and judges it alike', () => {
    const [insert, update] = writesOf(result);
    const [insertHere, updateHere] = writesOf(single);
    expect(insert?.before.perIndex).toEqual(insertHere?.before.perIndex);
    expect(insert?.after.perIndex.map(({ index }) => index)).toEqual(
      insertHere?.after.perIndex.map(({ index }) => index),
    );
    // leads is a reference table: each row is on three nodes.
    const copies = ({ updates, hotUpdates }: UpdateCounters = { updates: 0, hotUpdates: 0 }) => ({
      updates: 3 * updates,
      hotUpdates: 3 * hotUpdates,
    });
    for (const arm of ['before', 'after'] as const)
      expect(update?.[arm].updates).toEqual(copies(updateHere?.[arm].updates));
    expect(update?.before.perIndex).toEqual(
      updateHere?.before.perIndex.map(({ index, records }) => ({ index, records: 3 * records })),
    );
    expect(result.migration?.hotLost).toEqual(single.migration?.hotLost);
    expect(result.migration?.hotLost).toHaveLength(1);
  });

  const writesOf = ({ writes }: Result) =>
    writes.flatMap((write) => (write.state === 'measured' && write.counters ? [write.counters] : []));
});

const isMeasured = (read: Result['reads'][number]): read is MeasuredRead => read.state === 'measured';

describe.skipIf(missing)('a cluster that ends too soon', () => {
  test('is removed by clean after SIGKILL, its network too', { timeout: 600_000 }, async () => {
    const out = await directory();
    const program = startProgram([...ASKED, ...CLUSTER, '--out', out], out);
    while (!/migrate +[\d.]+ s/.test(program.err())) await sleep(100);
    const identity = processIdentity(program.child.pid ?? 0);
    program.child.kill('SIGKILL');
    await program.exitCode;
    expect(await made(identity)).toHaveLength(4);
    const io = capturedIo();
    expect(await run(['clean', '--yes'], io), io.err()).toBe(ExitCode.done);
    expect(await made(identity)).toEqual([]);
  });

  test(
    'is named by the worker that has ended, leaves nothing, and is resumed on a new one',
    { timeout: 600_000 },
    async () => {
      const out = await directory();
      const program = startProgram([...SPREAD, ...CLUSTER, '--out', out], out);
      while (!program.err().includes('round 3')) await sleep(50);
      const identity = processIdentity(program.child.pid ?? 0);
      const [container = ''] = await engine(
        ...['ps', '--quiet', '--filter', `label=index-impact=${identity}`],
        ...['--filter', 'label=index-impact.node=worker-2'],
      );
      await engine('kill', container);
      expect(await program.exitCode).toBe(ExitCode.incomplete);
      expect(program.err()).toContain('index-impact: The worker 2 of the cluster has ended\n');
      expect(program.err()).toContain('continue with --resume, which starts a new cluster.');
      expect(await made(identity)).toEqual([]);
      const io = capturedIo();
      expect(await run(['run', '--resume', await runDirectory({ out })], io), io.err()).toBe(ExitCode.done);
      const { reads, writes } = await storedResult(out);
      expect([...reads, ...writes].map(({ state }) => state)).toEqual(Array(2).fill('measured'));
    },
  );

  test('because its image has no Citus is refused in one line', { timeout: 300_000 }, async () => {
    const request = citus.request({ image: 'index-impact/postgres:15', major: 15, workers: 1 });
    const options = { scale: 0.2, statementTimeoutSeconds: 60, keep: false };
    const opening = request.open(
      {
        ...options,
        signal: new AbortController().signal,
        confirm: () => Promise.resolve(),
        onLeftBehind: () => undefined,
      },
      () => Promise.resolve(),
    );
    await expect(opening).rejects.toMatchObject({
      message: 'No server could be started from the image "index-impact/postgres:15"',
      detail: expect.stringContaining('could not access file "citus"') as string,
    });
  });
});
