import { describe, expect, test } from 'vitest';
import { ExitCode } from '../bench/model/errors.ts';
import { run } from '../bench/main.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { interruptedRun } from './fixtures/disturbed-run.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { sweepDirectory, sweepIn } from './fixtures/sweeps.ts';

const own = ownDirectories();

const CROSSOVER = ['sweep', '--suite', 'tests/fixtures/crossover-suite/suite.ts', '--measure', 'builds'];

async function carriedOut(...argv: string[]): Promise<{ exitCode: ExitCode; out: string; err: string }> {
  const io = capturedIo();
  const exitCode = await run(argv, io);
  return { exitCode, out: io.out(), err: io.err() };
}

const RANDOM_PAGE_COST = 100;

/**
 * Rows at which a sequential scan begins to cost more than two random pages, one of the index and one of the table (PostgreSQL
 * manual, 20.7.2, with the other costs at their defaults). Each row costs 0.01 and its comparison 0.0025. A page of 8,192
 * bytes has a header of 24 and 226 rows of 36. The descent costs about 0.5 (btcostestimate in selfuncs.c).
 */
const EXPECTED_ROWS = (2 * RANDOM_PAGE_COST + 0.5) / (1 / 226 + 0.0125);

describe('the crossover of an index', () => {
  test('is found where arithmetic puts it, also by a sweep that was interrupted and goes on', async () => {
    const costs = ['--setting', `random_page_cost=${RANDOM_PAGE_COST}`];
    const begun = [...CROSSOVER, ...costs, '--scales', '1,1.5', '--predict', '1e6', '--out', own.out];
    const { exitCode, err } = await interruptedRun(begun, /scale 1\.5 [^]*ok {2}migrate/);
    expect(exitCode, err).toBe(ExitCode.interrupted);
    const directory = await sweepDirectory(own);
    expect(err).toContain(`sweep --resume ${directory}`);
    expect(await sweepIn(directory)).toMatchObject({
      outcome: { state: 'interrupted' },
      points: [{ scale: 1 }],
    });

    const whole = await carriedOut('sweep', '--resume', directory);
    expect(whole.exitCode, whole.err).toBe(ExitCode.done);
    const { outcome, crossovers, points, growths } = await sweepIn(directory);
    expect(outcome).toEqual({ state: 'complete' });
    const [crossover] = crossovers;
    expect(crossover).toMatchObject({
      read: 'one',
      index: 'ix_events_code',
      table: 'events',
      state: 'found',
    });
    const [low, high] = [crossover?.low?.rows ?? NaN, crossover?.high?.rows ?? NaN];
    expect(low).toBeLessThan(EXPECTED_ROWS);
    expect(high).toBeGreaterThan(EXPECTED_ROWS);
    expect(high / low).toBeLessThanOrEqual(1.1);
    expect(crossovers.filter(({ read }) => read === 'half')).toEqual([]);
    expect(points.length).toBeGreaterThan(3);
    expect(growths[0]).toMatchObject({ index: 'ix_events_code', predictedRows: 1_000_000 });

    const complete = await carriedOut('sweep', '--resume', directory);
    expect(complete.exitCode).toBe(ExitCode.usage);
    expect(complete.err).toContain('is complete; nothing is left to measure');
  });
});

describe('what a sweep does not take', () => {
  test.each([
    ['1', 'two scales or more'],
    ['1,1', 'each scale once, from the smallest to the largest'],
    ['10,1', 'each scale once, from the smallest to the largest'],
    ['0,1', 'a number from 0.01 to 1000'],
    ['1,many', 'a number from 0.01 to 1000'],
  ])('scales %s: it takes %s', async (scales, accepted) => {
    const { exitCode, err } = await carriedOut(...CROSSOVER, '--scales', scales, '--out', own.out);
    expect(exitCode).toBe(ExitCode.usage);
    expect(err).toMatch(/^index-impact: --scales: /);
    expect(err).toContain(accepted);
  });

  test('what is predicted is not held against scales that were refused', async () => {
    const { err } = await carriedOut(...CROSSOVER, '--scales', '0.1', '--predict', '10', '--out', own.out);
    expect(err).toContain('--scales: ');
    expect(err).not.toContain('--predict');
  });

  test('every problem is named at once', async () => {
    const wrong = [
      '--scales',
      '0.1,1',
      '--predict',
      '9999',
      '--steps',
      'few',
      '--scale',
      '2',
      '--budget',
      '0',
    ];
    const { exitCode, err } = await carriedOut(...CROSSOVER, ...wrong, '--out', own.out);
    expect(exitCode).toBe(ExitCode.usage);
    for (const flag of ['--predict', '--steps', '--scale', '--budget']) expect(err).toContain(`${flag}: `);
    expect(err).toContain('9,999 rows of events are no more than it has at scale 1');
  });

  test('a try of copied rows has one size', async () => {
    const { exitCode, err } = await carriedOut('try', '--from', 'schema.sql', 'a.sql', '--scales', '0.1,1');
    expect(exitCode).toBe(ExitCode.usage);
    expect(err).toContain('--scales: goes with --snapshot: rows that are copied have one size');
  });

  test('there is nothing to go on with where no sweep is', async () => {
    const { exitCode, err } = await carriedOut('sweep', '--resume', own.out);
    expect(exitCode).toBe(ExitCode.usage);
    expect(err).toBe(`index-impact: --resume: ${own.out} holds no sweep\n`);
  });
});
