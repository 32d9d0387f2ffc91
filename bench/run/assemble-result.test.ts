import { expect, test } from 'vitest';
import type { Disturbance } from '../model/disturbance.ts';
import { sampleMeasurements } from '../report/sample-result.fixture.ts';
import { assembleResult, type MeasuredRun } from './assemble-result.ts';
import { sampleUnfinished } from './unfinished.fixture.ts';

type Measurements = ReturnType<typeof sampleMeasurements>;

function assembled(measurements: Measurements) {
  const unfinished = sampleUnfinished();
  const none = { concurrency: [], yardsticks: [], longRuns: [], opportunities: [] };
  const measured: MeasuredRun['measured'] = { ...measurements, ...none };
  return assembleResult({ ...unfinished, measured }, [], new Map());
}

/** The sample with this disturbance in one place where pairs are measured in rounds. */
function disturbed(
  place: 'read' | 'generic plan' | 'write' | 'asynchronous write' | 'canary',
  disturbance: Disturbance,
): Measurements {
  const { reads, writes, canaries, rounds } = sampleMeasurements();
  const disturbances = [disturbance];
  const read = reads.find((one) => one.state === 'measured' && one.generic?.state === 'measured');
  const write = writes.find((one) => one.state === 'measured' && one.asynchronous);
  if (read?.state !== 'measured' || read.generic?.state !== 'measured') throw new Error('no generic plan');
  if (write?.state !== 'measured' || !write.asynchronous) throw new Error('no asynchronous write');
  const changed = {
    read: { reads: [{ ...read, disturbances }] },
    'generic plan': { reads: [{ ...read, generic: { ...read.generic, disturbances } }] },
    write: { writes: [{ ...write, disturbances }] },
    'asynchronous write': { writes: [{ ...write, asynchronous: { ...write.asynchronous, disturbances } }] },
    canary: { canaries: canaries.map((canary) => ({ ...canary, disturbances })) },
  }[place];
  return { reads, writes, canaries, rounds, ...changed };
}

test.each(['read', 'generic plan', 'write', 'asynchronous write', 'canary'] as const)(
  'a round in which a %s paused is disturbed',
  (place) => {
    const pause = { kind: 'pause', pair: 3, pauseMs: 4200 } as const;
    const { rounds, warnings } = assembled(disturbed(place, pause));
    expect(rounds[1]).toMatchObject({ state: 'disturbed', causes: [{ kind: 'pause', pauseMs: 4200 }] });
    expect(rounds.filter(({ state }) => state === 'disturbed').map(({ ordinal }) => ordinal)).toEqual([
      2, 7, 8, 14,
    ]);
    expect(warnings).toMatchObject([
      { code: 'disturbed-rounds', cause: expect.stringContaining('pause in 1 (up to 4.2 s)') as string },
    ]);
  },
);

test('a run whose machine was suspended in the middle says so, with the round', () => {
  const measurements = sampleMeasurements();
  const rounds = measurements.rounds.map((round) =>
    round.ordinal === 5 ? { ...round, clockStepMs: 3_600_000 } : round,
  );
  const { warnings } = assembled({ ...measurements, rounds });
  expect(warnings).toMatchObject([
    { code: 'disturbed-rounds', cause: expect.stringContaining('(round 5 by 3600.0 s)') as string },
  ]);
});

test('a run that begins in a disturbed state says so, and what its intervals do not cover', () => {
  const measurements = sampleMeasurements();
  const rounds = measurements.rounds.map((round) => {
    const scanMs = round.ordinal < 4 ? 3 : 1;
    return { ...round, reference: { ...round.reference, scanMs } };
  });
  const { warnings } = assembled({ ...measurements, rounds });
  expect(warnings).toMatchObject([
    {
      cause: expect.stringContaining('; the first 3 are among them') as string,
      remedy: expect.stringContaining('not a quiet one') as string,
    },
  ]);
});

test('a budget for one round only is told with what the intervals do not cover', () => {
  const { rounds, ...measurements } = sampleMeasurements();
  const { warnings } = assembled({ ...measurements, rounds: rounds.slice(0, 1) });
  expect(warnings).toMatchObject([
    { code: 'few-rounds', remedy: expect.stringContaining('not another run') as string },
  ]);
});
