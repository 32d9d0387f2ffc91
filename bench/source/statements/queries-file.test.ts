import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { statementsInFiles } from './queries-file.ts';

let folder: string;

beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'queries-'))));
afterEach(() => rm(folder, { recursive: true }));

const written = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

describe('SQL files', () => {
  test('hold a statement each, or several, with weight, title and key in comments', async () => {
    await written(
      'open-orders.sql',
      '-- what the start page shows\n-- weight: 120\nSELECT * FROM orders WHERE id = 4;',
    );
    const several = await written(
      'several.sql',
      `-- title: Orders of a customer
       -- key: SELECT id
       --      FROM customers LIMIT 1
       SELECT * FROM orders WHERE customer_id = $1;

       UPDATE orders SET note = 'ü;' WHERE id = 1;`,
    );
    expect(await statementsInFiles(folder)).toEqual([
      {
        ...{ sql: 'SELECT * FROM orders WHERE id = 4', title: 'open orders', key: undefined },
        ...{
          calls: 120,
          weight: 120,
          totalMs: 0,
          origin: expect.stringMatching(/open-orders\.sql:3$/) as string,
        },
      },
      {
        ...{ sql: 'SELECT * FROM orders WHERE customer_id = $1', title: 'Orders of a customer' },
        ...{ key: 'SELECT id\nFROM customers LIMIT 1', calls: 1, weight: 1, totalMs: 0 },
        origin: `${several}:4`,
      },
      {
        ...{ sql: "UPDATE orders SET note = 'ü;' WHERE id = 1", title: undefined, key: undefined },
        ...{ calls: 1, weight: 1, totalMs: 0, origin: `${several}:6` },
      },
    ]);
  });

  test('have all their problems named at once, with file and line', async () => {
    const one = await written('one.sql', '-- weight: often\nSELECT 1;\n\n-- weight: -2\nSELECT 2');
    const other = await written(
      'other.sql',
      '-- key: SELECT 1\nSELECT * FROM orders WHERE id = $1 AND total = $2',
    );
    const third = await written('third.sql', '-- key: SELEKT\nSELECT * FROM orders WHERE id = $1');
    await expect(statementsInFiles(folder)).rejects.toMatchObject({
      problems: [
        `--queries: ${one}:2: the weight "often" is not a number of 0 or more`,
        `--queries: ${one}:5: the weight "-2" is not a number of 0 or more`,
        `--queries: ${other}:2: the key has 1 in each row, and the statement takes 2`,
        `--queries: ${third}:2: the key is not a query that PostgreSQL accepts`,
      ],
    });
  });

  test('have to be there, and to hold something', async () => {
    await expect(statementsInFiles(join(folder, 'no'))).rejects.toThrow(
      `there is no file or folder ${folder}/no`,
    );
    await expect(statementsInFiles(folder)).rejects.toThrow('has no file .sql, .csv, .log');
    await written('empty.sql', '-- nothing\n');
    await expect(statementsInFiles(folder)).rejects.toThrow('has no statement');
  });
});

describe('logs', () => {
  test('in csvlog have real values; executions that differ in nothing else are one statement', async () => {
    const line = (message: string, detail = ''): string =>
      [
        '2026-01-31 10:00:00 UTC',
        ...Array<string>(10).fill('x'),
        'LOG',
        '00000',
        quoted(message),
        quoted(detail),
        '',
        '',
      ].join(',');
    const path = await written(
      'postgresql.csv',
      [
        line(
          'duration: 3.000 ms  execute <unnamed>: SELECT * FROM orders\nWHERE note = $1 AND id = $2',
          "parameters: $1 = 'it''s, \"so\"', $2 = NULL",
        ),
        line(
          'duration: 1.000 ms  execute s1: SELECT * FROM orders\nWHERE note = $1 AND id = $2',
          "Parameters: $1 = 'a', $2 = '1'",
        ),
        line(
          'duration: 9.000 ms  execute s1: SELECT * FROM orders\nWHERE note = $1 AND id = $2',
          "Parameters: $1 = 'b', $2 = '2'",
        ),
        line(
          'duration: 0.500 ms  bind s1: SELECT * FROM orders\nWHERE note = $1 AND id = $2',
          "Parameters: $1 = 'b', $2 = '2'",
        ),
        line("duration: 2.500 ms  statement: SELECT * FROM customers WHERE name = 'x';"),
        line('checkpoint starting: time'),
      ].join('\n'),
    );
    expect(await statementsInFiles(path)).toEqual([
      {
        ...{ sql: 'SELECT * FROM orders\nWHERE note = $1 AND id = $2', values: ['it\'s, "so"', null] },
        ...{ calls: 3, weight: 3, totalMs: 13, origin: path },
      },
      {
        ...{ sql: "SELECT * FROM customers WHERE name = 'x'", values: undefined },
        ...{ calls: 1, weight: 1, totalMs: 2.5, origin: path },
      },
    ]);
  });

  test('in text have those of auto_explain, too', async () => {
    const path = await written(
      'postgresql.log',
      [
        '2026-01-31 10:00:00.123 UTC [77] app@shop LOG:  duration: 4.200 ms  plan:',
        '\tQuery Text: SELECT *',
        '\tFROM orders WHERE id = $1',
        "\tQuery Parameters: $1 = '12'",
        '\tIndex Scan using orders_pkey on orders  (cost=0.28..8.30 rows=1 width=60)',
        '\t  Index Cond: (id = 12)',
        '2026-01-31 10:00:01.123 UTC [77] app@shop LOG:  execute <unnamed>: DELETE FROM orders',
        '\t WHERE id = $1',
        "2026-01-31 10:00:01.123 UTC [77] app@shop DETAIL:  Parameters: $1 = '13'",
        '2026-01-31 10:00:02.000 UTC [78] ERROR:  division by zero',
        '2026-01-31 10:00:02.000 UTC [78] STATEMENT:  SELECT 1 / 0',
      ].join('\n'),
    );
    expect(await statementsInFiles(path)).toMatchObject([
      { sql: 'SELECT *\nFROM orders WHERE id = $1', values: ['12'], totalMs: 4.2 },
      { sql: 'DELETE FROM orders\n WHERE id = $1', values: ['13'], totalMs: 0 },
    ]);
  });
});

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

test('a link to what is no file of the folder is refused, and nothing of it is said', async () => {
  await symlink('/etc/passwd', join(folder, 'users.sql'));
  await written('orders.sql', 'SELECT 1;');
  await expect(statementsInFiles(folder)).rejects.toThrow(
    /^--queries: [^\n]+users\.sql is a link to what is no file of the folder: put the file itself there$/,
  );
});
