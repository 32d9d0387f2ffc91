import {
  defineSuite,
  type ReadDefinition,
  type SuiteDefinition,
  type WriteDefinition,
} from '../../suite/define-suite.ts';
import type { Random } from '../../model/work-item.ts';
import { completeSuite, type Suite } from '../../suite/suite.ts';

const here = (file: string): URL => new URL(file, import.meta.url);

const read = (id: string, title: string, sql: string): ReadDefinition => ({
  id,
  title,
  source: 'qualification',
  sql,
});

const TARGETS = 'SELECT id FROM jobs ORDER BY id';

/** Thirteen rows fill a page: 10,000 take 6 MB. */
const ARCHIVED_NOTE = 'x'.repeat(560);

/** Few of them are alike: each takes its own way down a GIN index. */
const words = (random: Random): string =>
  `{${Array.from({ length: 60 }, () => `word${Math.floor(random() * 1_000_000)}`).join(',')}}`;

/** Reads whose duration noise decides: the same one under several names. */
const noisyReads = [1, 2, 3, 4].map((ordinal) =>
  read(`noise-${ordinal}`, `Noise ${ordinal}`, `SELECT noisy_work(), ${ordinal}`),
);

const reads: readonly ReadDefinition[] = [
  read('by-id', 'One job', 'SELECT * FROM jobs WHERE id = 2500'),
  read('by-account', "An account's jobs", 'SELECT * FROM jobs WHERE account = 25'),
  read('top-priority', 'Highest priority', 'SELECT * FROM jobs ORDER BY priority DESC, id LIMIT 10'),
  read(
    'per-account',
    'Jobs per account',
    'SELECT account, count(*) FROM jobs GROUP BY account ORDER BY account',
  ),
  read('with-note', 'Priorities in use', "SELECT count(DISTINCT priority) FROM jobs WHERE note <> ''"),
  read('scan', 'Scan of 6 MB', 'SELECT count(*) FROM archive WHERE job < 0'),
  read('steady-work', 'Steady work', 'SELECT steady_work()'),
  ...noisyReads,
];

const writes: readonly WriteDefinition[] = [
  {
    id: 'insert',
    title: 'INSERT',
    operation: 'INSERT',
    table: 'jobs',
    sql: 'INSERT INTO jobs (account, attempts, priority, note) VALUES ($1, 0, 0, $2)',
    draw: ({ random, ordinal }) => [Math.floor(random() * 200), `new ${ordinal}`],
  },
  {
    id: 'update-attempts',
    title: 'UPDATE attempts',
    operation: 'UPDATE',
    table: 'jobs',
    sql: 'UPDATE jobs SET attempts = attempts + 1 WHERE id = $1',
    targets: TARGETS,
  },
  {
    id: 'update-priority',
    title: 'UPDATE priority',
    operation: 'UPDATE',
    table: 'jobs',
    sql: 'UPDATE jobs SET priority = priority + 1 WHERE id = $1',
    targets: TARGETS,
  },
  {
    id: 'insert-document',
    title: 'INSERT of a document',
    operation: 'INSERT',
    table: 'documents',
    sql: 'INSERT INTO documents (words) VALUES ($1)',
    draw: ({ random }) => [words(random)],
  },
  {
    id: 'delete',
    title: 'DELETE',
    operation: 'DELETE',
    table: 'jobs',
    sql: 'DELETE FROM jobs WHERE id = $1',
    targets: TARGETS,
  },
];

/** Migrations whose effect is known beforehand: what each does is in its file. */
export type KnownCandidate =
  | 'no-op'
  | 'needed-index'
  | 'useless-index'
  | 'dropped-index'
  | 'updated-column-index'
  | 'priority-index'
  | 'shorter-pending-list'
  | 'slower-by-a-tenth';

/** Its index is so large that each entry of a pending list goes to a page of its own. */
const documents: SuiteDefinition['dataset']['tables'][number] = {
  name: 'documents',
  serial: 'id',
  columns: ['id', 'words'],
  rowsAtScaleOne: 10_000,
  row: ({ random }, ordinal) => [ordinal + 1, words(random)],
};

/** What there has to be for the candidate to change. */
const before = (candidate: KnownCandidate): string[] => {
  if (candidate === 'dropped-index') return ['needed-index.sql'];
  return candidate === 'shorter-pending-list' ? ['pending-list-index.sql'] : [];
};

/** How often each read and write is called, by its id. */
export type CallsPerHour = Readonly<Record<string, number>>;

/**
 * A suite with no application behind it: small, quick, and with a candidate whose truth is known.
 *
 * @param calls leaves out what is not called @default all items, none more frequent than another
 */
export const qualificationSuite = (candidate: KnownCandidate, calls?: CallsPerHour): Suite =>
  completeSuite(definitionWith(candidate, calls ? called(calls) : ALL_ITEMS));

const ALL_ITEMS = { mix: { reads: 1, writes: 1, reason: 'no application is behind it' }, reads, writes };

function called(calls: CallsPerHour): Pick<SuiteDefinition, 'weightsAre' | 'reads' | 'writes'> {
  const ofThese = <Item extends { id: string }>(items: readonly Item[]): Item[] =>
    items.flatMap((item) => (item.id in calls ? [{ ...item, weight: calls[item.id] }] : []));
  return { weightsAre: 'calls per hour', reads: ofThese(reads), writes: ofThese(writes) };
}

const definitionWith = (
  candidate: KnownCandidate,
  items: Pick<SuiteDefinition, 'mix' | 'weightsAre' | 'reads' | 'writes'>,
): SuiteDefinition =>
  defineSuite({
    name: 'qualification',
    migrations: [here('schema.sql'), ...before(candidate).map(here)],
    candidate: { up: here(`${candidate}.sql`) },
    dataset: {
      tables: [
        {
          name: 'jobs',
          serial: 'id',
          columns: ['id', 'account', 'attempts', 'priority', 'note'],
          rowsAtScaleOne: 10_000,
          row: ({ random }, ordinal) => [
            ordinal + 1,
            Math.floor(random() * 200),
            0,
            Math.floor(random() * 1000),
            `job ${ordinal}`,
          ],
        },
        {
          name: 'archive',
          serial: 'id',
          columns: ['id', 'job', 'note'],
          rowsAtScaleOne: 10_000,
          row: (_, ordinal) => [ordinal + 1, ordinal + 1, ARCHIVED_NOTE],
        },
        ...(candidate === 'shorter-pending-list' ? [documents] : []),
      ],
      age: here('age.sql'),
    },
    ...items,
    // Its reads and writes are canaries, all of them.
    canaries: [],
  });
