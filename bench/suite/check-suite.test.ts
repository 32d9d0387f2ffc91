import { describe, expect, test } from 'vitest';
import { insert, keyed, least, notes, without, suitesInFolder } from './least-suite.fixture.ts';

const { pathOf, problemsOf, completed } = suitesInFolder();

describe('what an author leaves out is derived', () => {
  test('from the names, the files and the statements', async () => {
    const suite = await completed({ ...least, writes: [insert] });
    expect(suite).toMatchObject({
      title: 'Least',
      candidate: { name: '002-index', up: pathOf('002-index.up.sql') },
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

  test('the mix from the calls per hour', async () => {
    const reads = [{ ...least.reads[0], weight: 3_600 }];
    const suite = { ...least, weightsAre: 'calls per hour', reads, writes: [{ ...insert, weight: 60 }] };
    const complete = await completed(suite);
    expect(complete.mix).toEqual({ reads: 3_600, writes: 60 });
    expect(await completed(complete)).toEqual(complete);
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
      'weights that are neither proportions nor calls',
      { ...least, weightsAre: 'calls per day' },
      'weightsAre: "calls per day" is not accepted; it takes \'calls per hour\', or nothing',
    ],
    [
      'calls per hour that nobody has counted',
      { ...least, weightsAre: 'calls per hour' },
      'reads[0].weight: is missing; weights are calls per hour: it takes how many, 0 or more',
    ],
    [
      'a mix beside calls per hour',
      {
        ...least,
        weightsAre: 'calls per hour',
        reads: [{ ...least.reads[0], weight: 3_600 }],
        mix: { reads: 4, writes: 1 },
      },
      'mix: is what the calls per hour make it; leave it out, and the weights say it',
    ],
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
      'reads[0].xyzzy: is not known; known are id, title, sql, workload, weight, kind, source, key, approximate, bufferCold',
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
      'a statement that begins a transaction',
      { ...least, reads: [{ id: 'a', sql: 'BEGIN' }] },
      'reads[0].sql: begins or ends a transaction; it takes one statement that reads or writes',
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
