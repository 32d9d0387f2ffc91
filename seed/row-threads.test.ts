import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';

interface Printed {
  checksums: Record<string, string>;
  explained: Record<string, unknown>;
}

let printed: Printed;
beforeAll(async () => {
  const program = ['--import', './scripts/typescript.js', 'seed/row-threads.fixture.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, program);
  printed = JSON.parse(stdout) as Printed;
});

test('one, two and four threads make the bytes that this thread makes', () => {
  const { here, ...inThreads } = printed.checksums;
  expect(Object.values(inThreads)).toEqual([here, here, here]);
});

test('a thread that cannot make rows is explained, and one that hangs is ended', () => {
  expect(printed.explained).toEqual({
    throws: {
      name: 'RunError',
      message: 'Row 0 of table "broken" cannot be made: row() gives TypeError: no row',
      remedy: 'It takes an array with a cell for each of the columns: id.',
    },
    exits: { name: 'RunError', message: 'The rows cannot be made: a thread that makes them was ended' },
    hangs: { name: 'Error', message: 'still going' },
    'does not load': { name: 'RunError', message: 'The rows cannot be made: no tables here' },
    'gives what cannot be stored': {
      name: 'Error',
      message: 'PostgreSQL text cannot hold the character U+0000',
    },
  });
});
