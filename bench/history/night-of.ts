import { isNoisyRun } from '../model/noise.ts';
import type { Night, NightItem, SeriesKey } from '../model/night.ts';
import type { CandidateIndex } from '../model/candidate.ts';
import type { ReadResult, WriteResult } from '../model/item-result.ts';
import type { Result, TableStorage } from '../model/result.ts';
import { machineOf } from './machine-of.ts';
import { onlyAllowed } from '../format/quantity.ts';
import { inSentence } from '../format/plain-text.ts';

/** The parts of a result that a history keeps. */
export const nightOf = (result: Result): Night => ({
  kind: 'night',
  run: result.run.id,
  startedAt: result.run.startedAt,
  command: result.run.command,
  key: seriesKey(result),
  machine: machineOf(result),
  isNoisy: isNoisyRun(result),
  items: [
    ...result.dataset.tables.map(({ table, sha256 }) => ({
      id: `dataset/${table}`,
      title: `rows of ${table}`,
      exact: { 'rows checksum': sha256 },
    })),
    ...result.candidate.indexes.map(indexItem),
    ...result.reads.map(readItem),
    ...result.writes.map(writeItem),
    ...result.storage.map(storageItem),
  ],
});

function seriesKey({ run, candidate, environment }: Result): SeriesKey {
  const { machine } = environment;
  return {
    suite: run.suite.name,
    candidate: candidate.name,
    target: environment.target,
    PostgreSQL: environment.postgresVersion,
    workload: run.workload,
    baselines: run.baselines.join(' and '),
    seed: run.seed,
    scale: run.scale,
    ...(run.settings && { setting: settingText(run.settings) }),
    hardware: `${machine.cpu}, ${machine.cores} cores${onlyAllowed(machine)}, ${Math.round(machine.memoryBytes / 1024 ** 3)} GB`,
  };
}

const settingText = (settings: NonNullable<Result['run']['settings']>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(', ');

const indexItem = ({ name, definition, bytes, isValid }: CandidateIndex): NightItem => ({
  id: `index/${name}`,
  title: name,
  exact: {
    'index definition': definition,
    validity: isValid ? 'valid' : 'invalid',
    'bytes after': bytes,
  },
});

const identity = (kind: string, { id, title, baseline }: ReadResult | WriteResult) => ({
  id: `${kind}/${baseline}/${id}`,
  title: inSentence(title),
  baseline,
  only: id,
});

function readItem(read: ReadResult): NightItem {
  const head = identity('read', read);
  if (read.state === 'failed') return { ...head, exact: {} };
  const { answers, plans, counters, estimate, after } = read;
  return {
    ...head,
    exact: {
      'answer checksum': answers.sha256,
      'plan before': plans.before.signature,
      'plan after': plans.after.signature,
      'indexes used': plans.after.indexes.join(' + ') || 'no index',
      'blocks before': counters.before.sharedBlocks,
      'blocks after': counters.after.sharedBlocks,
    },
    timed: { metric: 'speedup', ratio: estimate, afterMs: after.durationMs },
  };
}

function writeItem(write: WriteResult): NightItem {
  const head = identity('write', write);
  if (write.state === 'failed') return { ...head, exact: {} };
  const { counters, estimate, after } = write;
  return {
    ...head,
    exact: counters ? { ...writeCounts(counters, 'before'), ...writeCounts(counters, 'after') } : {},
    timed: { metric: 'overhead', ratio: estimate, afterMs: after.durationMs },
  };
}

type Counters = NonNullable<Extract<WriteResult, { state: 'measured' }>['counters']>;

/** In the steady regime: the full-page images after a checkpoint are no property of the candidate. */
function writeCounts(counters: Counters, arm: 'before' | 'after'): NightItem['exact'] {
  const { steady, updates } = counters[arm];
  return {
    [`WAL records ${arm}`]: steady.records,
    ...(steady.bytesWithoutImages !== undefined && { [`WAL bytes ${arm}`]: steady.bytesWithoutImages }),
    ...(updates && { [`HOT updates ${arm}`]: updates.hotUpdates }),
  };
}

const storageItem = ({ baseline, table, before, after }: TableStorage): NightItem => ({
  id: `storage/${baseline}/${table}`,
  title: `${table} and its indexes`,
  baseline,
  exact: {
    'bytes before': before.tableBytes + before.indexBytes,
    'bytes after': after.tableBytes + after.indexBytes,
  },
});
