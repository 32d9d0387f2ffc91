import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import tiny from '../../tests/fixtures/tiny-suite/suite.ts';
import { salesAgent } from '../suites/sales-agent/suite.ts';
import { checkSuite } from './check-suite.ts';
import type { SuiteDefinition } from './define-suite.ts';
import type { Suite } from './suite.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'suite-'));
  await writeFile(join(folder, 'schema.sql'), 'CREATE TABLE notes (id serial PRIMARY KEY, author integer);');
  await writeFile(join(folder, '002-index.up.sql'), 'CREATE INDEX ON notes (author);');
});
afterAll(() => rm(folder, { recursive: true }));

const notes: SuiteDefinition['dataset']['tables'][number] = {
  name: 'notes',
  columns: ['id', 'author'],
  rowsAtScaleOne: 100,
  row: (_, ordinal) => [ordinal + 1, 1],
};

const insert = {
  id: 'insert-notes',
  table: 'notes',
  operation: 'INSERT',
  sql: 'INSERT INTO notes DEFAULT VALUES',
};
const keyed = {
  id: 'by-author',
  sql: 'SELECT * FROM notes WHERE author = $1',
  key: { sql: 'SELECT author FROM notes ORDER BY id LIMIT 1' },
};

/** The required keys alone. */
const least = {
  name: 'least',
  migrations: ['schema.sql'],
  candidate: { up: '002-index.up.sql' },
  dataset: { tables: [notes] },
  reads: [{ id: 'all-notes', sql: 'SELECT count(*) FROM notes' }],
};

async function problemsOf(exported: unknown): Promise<string[]> {
  const checked = await checkSuite(exported, folder);
  return checked.state === 'unsound'
    ? checked.problems.map((line) => line.replaceAll(folder, '<folder>'))
    : [];
}

async function completed(exported: unknown): Promise<Suite> {
  const checked = await checkSuite(exported, folder);
  if (checked.state === 'unsound') throw new Error(checked.problems.join('\n'));
  return checked.suite;
}

const without = <T extends object>(value: T, key: keyof T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as Partial<T>;

describe('what an author leaves out is derived', () => {
  test('from the names, the files and the statements', async () => {
    const suite = await completed({ ...least, writes: [insert] });
    expect(suite).toMatchObject({
      title: 'Least',
      candidate: { name: '002-index', up: join(folder, '002-index.up.sql') },
      reads: [{ kind: 'read', title: 'All notes', workload: 'headline', weight: 1, source: '' }],
      writes: [{ kind: 'write', title: 'Insert notes', workload: 'headline', weight: 1 }],
      goals: [],
      mix: { reads: 1, writes: 1 },
      opportunities: [],
      documented: { queries: [] },
      claims: [],
    });
    expect([suite.canaries, suite.dataset.age, suite.documented.indexes]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('the mix from the weights of the headline items', async () => {
    const reads = [
      { ...keyed, weight: 6 },
      { ...least.reads[0], weight: 1.5 },
      { id: 'full', sql: 'SELECT 1', workload: 'full' },
    ];
    expect((await completed({ ...least, reads, writes: [insert] })).mix).toEqual({ reads: 7.5, writes: 1 });
  });

  test('what a write draws from its targets', async () => {
    const remove = {
      id: 'delete-notes',
      table: 'notes',
      operation: 'DELETE',
      sql: 'DELETE FROM notes WHERE id = $1',
      targets: 'SELECT id FROM notes',
    };
    const { writes } = await completed({ ...least, writes: [remove, insert] });
    const context = { random: Math.random, ordinal: 0, target: 7, rowsOf: () => 0 };
    expect(writes.map(({ draw }) => draw(context))).toEqual([[7], []]);
  });
});

describe('one line names the field and the remedy', () => {
  test.each<[string, unknown, string]>([
    [
      'rows at scale 1 that are missing',
      { ...least, dataset: { tables: [without(notes, 'rowsAtScaleOne')] } },
      'dataset.tables[0].rowsAtScaleOne: is missing; it takes the number of rows at scale 1, more than 0',
    ],
    [
      'an operation that is missing',
      { ...least, writes: [insert, { ...without(insert, 'operation'), id: 'b' }] },
      'writes[1].operation: is missing; it takes INSERT, UPDATE, DELETE or COPY',
    ],
    [
      'an operation that there is none of',
      { ...least, writes: [{ ...insert, operation: 'UPSERT' }] },
      'writes[0].operation: "UPSERT" is not accepted; it takes INSERT, UPDATE, DELETE or COPY',
    ],
    [
      'an operation that is not what the statement does',
      { ...least, writes: [{ ...insert, operation: 'UPDATE' }] },
      'writes[0].operation: "UPDATE" is not accepted; the statement is of the kind INSERT',
    ],
    [
      'target for targets',
      { ...least, writes: [{ ...insert, target: 'SELECT 1' }] },
      'writes[0].target: is not known; did you mean "targets"?',
    ],
    [
      'a key that is nothing like another one',
      { ...least, reads: [{ ...least.reads[0], xyzzy: 1 }] },
      'reads[0].xyzzy: is not known; known are id, title, sql, workload, weight, kind, source, key, bufferCold',
    ],
    [
      'a parameter without a key to take its value from',
      { ...least, reads: [without(keyed, 'key')] },
      'reads[0].key: is missing; the statement has $1: it takes { sql }: a query on the seeded rows, the columns of whose first row are the values of $1, $2, ...',
    ],
    [
      'a key that gives too few values',
      { ...least, reads: [{ ...keyed, sql: `${keyed.sql} AND id > $2` }] },
      'reads[0].key.sql: has 1 in each row, and the statement takes 2: one column for each $n',
    ],
    [
      'a key query without the value of its own parameter',
      { ...least, reads: [{ ...keyed, key: { sql: `${keyed.key.sql} OFFSET $1` } }] },
      'reads[0].key.parameters: has 0, and key.sql takes 1: one value for each $n',
    ],
    [
      'a table that is misspelt',
      { ...least, dataset: { tables: [{ ...notes, name: 'nots' }] } },
      'dataset.tables[0].name: the schema has no table "nots"; did you mean "notes"?',
    ],
    [
      "a table that is misspelt in a statement's SQL",
      {
        ...least,
        reads: [{ id: 'a', sql: 'WITH recent AS (SELECT * FROM note) SELECT * FROM recent, pg_class' }],
      },
      'reads[0].sql: the schema has no table "note"; did you mean "notes"?',
    ],
    [
      'a write that draws nothing',
      { ...least, writes: [{ ...insert, sql: 'INSERT INTO notes (author) VALUES ($1)' }] },
      'writes[0].draw: is missing; it takes a function that returns the values of $1, $2, ..., or for COPY the text to send',
    ],
    [
      'a DELETE without rows to delete',
      { ...least, writes: [{ ...insert, operation: 'DELETE', sql: 'DELETE FROM notes' }] },
      'writes[0].targets: is missing; a DELETE takes a query whose single column lists the keys to write to',
    ],
    [
      'a file that is not there',
      { ...least, candidate: { up: 'missing.sql' } },
      'candidate.up: there is no file <folder>/missing.sql',
    ],
    [
      'a goal for no read',
      { ...least, goals: [{ read: 'all-note', atLeast: 2 }] },
      'goals[0].read: no read has the id "all-note"; did you mean "all-notes"?',
    ],
    [
      'a weight that only one workload would count',
      { ...least, reads: [...least.reads, { ...keyed, workload: 'full', weight: 2 }] },
      'reads[1].weight: is for headline items: leave it out, or make the item headline',
    ],
    [
      'no statement at all',
      without(least, 'reads'),
      'reads: is missing; a suite has one read or write at least',
    ],
    [
      'a mix that has nothing to be derived from',
      { ...least, reads: [{ ...least.reads[0], workload: 'full' }] },
      'mix: is missing; no statement has a weight to derive it from: it takes { reads, writes }, shares such as 4 and 1',
    ],
    [
      'one id for two items',
      { ...least, reads: [least.reads[0], least.reads[0]] },
      'two items have the id "all-notes"; --only has to tell them apart',
    ],
    [
      'another kind of value',
      [1],
      'the default export: an array is not accepted; it takes a suite: the value of defineSuite({...})',
    ],
  ])('for %s', async (_, exported, line) => {
    expect(await problemsOf(exported)).toEqual([line]);
  });

  test('and all of them are listed at once', async () => {
    const problems = await problemsOf({
      nam: 'least',
      migrations: ['schema.sql'],
      candidate: {},
      dataset: { tables: [{ ...without(notes, 'row'), name: 'notse' }] },
      reads: [without(keyed, 'key')],
      writes: [{ ...insert, operation: 'UPSERT' }],
      claims: [{ id: 'A' }],
    });
    expect(problems.map((problem) => problem.split(': ')[0])).toEqual([
      'candidate.up',
      'dataset.tables[0].name',
      'dataset.tables[0].row',
      'reads[0].key',
      'writes[0].operation',
      ...['id', 'section', 'quote', 'confirmedBy', 'judge'].map((key) => `claims[0].${key}`),
      'nam',
    ]);
  });
});

describe('the tables of a schema', () => {
  const schemaWith = async (sql: string, table: string): Promise<string[]> => {
    await writeFile(join(folder, 'other.sql'), sql);
    const read = { id: 'a', sql: `SELECT * FROM ${table}` };
    return problemsOf({ ...least, migrations: ['schema.sql', 'other.sql'], reads: [read] });
  };

  test.each([
    ['in a schema', 'CREATE SCHEMA app CREATE TABLE t (i int)', 't'],
    ['named with its schema', 'CREATE TABLE app.t (i int)', 'app.t'],
    ['moved to another schema', 'CREATE TABLE t (i int); ALTER TABLE t SET SCHEMA app', 'app.t'],
    ['renamed', 'CREATE TABLE old (i int); ALTER TABLE old RENAME TO t', 't'],
    ['foreign', 'CREATE FOREIGN TABLE t (i int) SERVER s', 't'],
    ['made from a query', 'CREATE TABLE t AS SELECT 1', 't'],
    ['made by SELECT INTO', 'SELECT 1 AS i INTO t', 't'],
    [
      'a partition',
      'CREATE TABLE p (i int) PARTITION BY RANGE (i); CREATE TABLE t PARTITION OF p DEFAULT',
      't',
    ],
    ['a view', 'CREATE VIEW t AS SELECT 1', 't'],
    ['a materialized view', 'CREATE MATERIALIZED VIEW t AS SELECT 1', 't'],
    ['the sequence of a serial column', '', 'notes_id_seq'],
    [
      'after what pg_dump writes',
      "SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE t (i int)",
      't',
    ],
  ])('are known when they are %s', async (_, sql, table) => {
    expect(await schemaWith(sql, table)).toEqual([]);
  });

  test.each([
    ['dropped', 'CREATE TABLE t (i int); DROP TABLE t', 't'],
    ['renamed', 'CREATE TABLE t (i int); ALTER TABLE t RENAME TO u', 't'],
    ['in another schema', 'CREATE TABLE app.t (i int)', 'other.t'],
  ])('are not known when they are %s', async (_, sql, table) => {
    expect(await schemaWith(sql, table)).toEqual([expect.stringContaining('the schema has no table "t"')]);
  });

  test.each([
    ['DO', 'DO $$ BEGIN CREATE TABLE t (i int); END $$'],
    ['a call', 'CALL make_tables()'],
    ['a function', 'SELECT make_tables()'],
    ['an extension', 'CREATE EXTENSION postgis'],
    ['what the parser refuses', 'CREATE TABEL t'],
  ])('are left to the server after %s', async (_, sql) => {
    expect(await schemaWith(sql, 'anything')).toEqual([]);
  });
});

describe('every suite', () => {
  test.each([
    ['sales-agent', salesAgent],
    ['tiny', tiny],
  ])('%s is sound, and complete suites are, too', async (_, suite) => {
    const complete = await completed(suite);
    expect(await completed(complete)).toEqual(complete);
  });

  const id = fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/).filter((text) => text.length < 30);
  const definition = fc.record({
    name: id,
    migrations: fc.constant(['schema.sql']),
    candidate: fc.constant({ up: '002-index.up.sql' }),
    dataset: fc.record({
      tables: fc.array(
        fc.record({
          name: fc.constant('notes'),
          columns: fc.array(fc.string({ minLength: 1 })),
          rowsAtScaleOne: fc.integer({ min: 1 }),
          row: fc.constant(() => []),
        }),
        { minLength: 1 },
      ),
    }),
    reads: fc.uniqueArray(
      id.map((read) => ({ id: read, sql: 'SELECT * FROM notes' })),
      { minLength: 1, selector: (read) => read.id },
    ),
  });

  test('that has the required keys alone completes to one that the schema accepts', async () => {
    await fc.assert(
      fc.asyncProperty(definition, async (least) => {
        const complete = await completed(least);
        expect(await completed(complete)).toEqual(complete);
      }),
    );
  });

  /** Each key of the definition, and the objects that hold it. */
  const places = [
    ...keysOf([], {
      ...least,
      title: '',
      canaries: [],
      goals: [],
      mix: {},
      documented: {},
      claims: [],
      writes: [],
    }),
    ...keysOf(['candidate'], { up: '', down: '' }),
    ...keysOf(['dataset', 'tables', '0'], { ...notes, minimum: {}, serial: '' }),
    ...keysOf(['reads', '0'], { ...keyed, title: '', weight: 1, workload: '', source: '', bufferCold: true }),
    ...keysOf(['reads', '0', 'key'], { sql: '', parameters: [] }),
    ...keysOf(['writes', '0'], { ...insert, targets: '', draw: 1, title: '', weight: 1 }),
  ];

  function keysOf(path: string[], holder: object): { path: string[]; key: string }[] {
    return Object.keys(holder).map((key) => ({ path, key }));
  }

  /** One letter is left out, put in, or replaced. */
  const misspelt = (key: string): fc.Arbitrary<string> =>
    fc
      .tuple(fc.nat(key.length), fc.nat(1), fc.stringMatching(/^[a-z]?$/))
      .map(([at, removed, letter]) => key.slice(0, at) + letter + key.slice(at + removed))
      .filter((word) => word !== '' && word !== key);

  const slip = fc
    .constantFrom(...places)
    .chain(({ path, key }) =>
      fc.record({ path: fc.constant(path), key: fc.constant(key), typed: misspelt(key) }),
    );

  test('names a key that is misspelt by one letter with its right form', async () => {
    await fc.assert(
      fc.asyncProperty(slip, async ({ path, key, typed }) => {
        const suite = structureOf();
        const holder = path.reduce<Record<string, unknown>>(
          (inner, step) => inner[step] as Record<string, unknown>,
          suite,
        );
        fc.pre(!(typed in holder));
        holder[typed] = holder[key] ?? 1;
        Reflect.deleteProperty(holder, key);
        const problems = await problemsOf(suite);
        expect(problems.filter((problem) => problem.includes(`did you mean "${key}"?`))).toHaveLength(1);
        expect(problems.filter((problem) => problem.includes('is missing'))).toEqual([]);
      }),
    );
  });

  /** A suite whose objects may be changed. */
  const structureOf = (): Record<string, unknown> => ({
    ...least,
    candidate: { ...least.candidate },
    dataset: { tables: [{ ...notes }] },
    reads: [{ ...keyed, key: { ...keyed.key } }],
    writes: [{ ...insert }],
  });
});
