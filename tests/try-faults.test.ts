import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ExitCode, Interrupted } from '../bench/model/errors.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { canMount, mountSmallDisk, type SmallDisk } from './fixtures/small-disk.ts';
import { BY_CUSTOMER, triesInShop } from './fixtures/tries-in-shop.ts';

const { own, shop, kept, urlOf, asked, tried, sqlFile } = triesInShop();

/** Does something when a line of progress comes. */
async function triedUntil(
  io: ReturnType<typeof capturedIo>,
  line: RegExp,
  disturb: () => void,
): Promise<ExitCode> {
  const write = io.stderr.write.bind(io.stderr);
  io.stderr.write = (chunk: string | Uint8Array) => {
    if (line.test(String(chunk))) disturb();
    return write(chunk);
  };
  const words = ['try', '--from', urlOf(), '--yes', '--save', kept('suite'), '--out', own.out, BY_CUSTOMER];
  return (await asked(words, io)).code;
}

describe.runIf(canMount)('on a disk of its own', () => {
  let small: SmallDisk;
  const mount = async (megabytes: number): Promise<void> => {
    small = await mountSmallDisk(own, megabytes);
  };
  afterEach(() => small.remove());

  test('a source that is larger than the room is refused before a row is copied, with both sizes', async () => {
    await shop().asOwner((owner) => owner.query('CREATE DATABASE large TEMPLATE template0'));
    await shop().inDatabase('large', (owner) =>
      owner.query(`CREATE EXTENSION pg_stat_statements; CREATE TABLE t (id integer, filler text);
                   INSERT INTO t SELECT i, repeat('x', 900) FROM generate_series(1, 50000) AS i; ANALYZE t;`),
    );
    await shop().inDatabase('large', (owner) => owner.query('SELECT filler FROM t WHERE id = $1', [7]));
    await mount(200);
    const file = await sqlFile('large.sql', 'CREATE INDEX ON t (id);');
    const { code, io } = await tried(['--save', kept('suite'), file], urlOf('large'));
    expect(code).toBe(ExitCode.incomplete);
    expect(io.err()).toMatch(
      /no room for the rows of the source\nThey take about 4\d\.\d MB in files and \d{3} MB in/,
    );
    expect(io.err()).toMatch(/the disk of .*small-.* has \d+(\.\d)? MB left/);
    expect(io.err()).not.toMatch(/ok {2}copy/);
    expect([existsSync(kept('suite')), await readdir(small.path)]).toEqual([false, []]);
  });

  test('a disk that becomes full in the middle of the copy is named, and nothing is left', async () => {
    await mount(200);
    const io = capturedIo();
    const code = await triedUntil(io, /Takes +about/, () => {
      small.fill();
    });
    await rm(join(small.path, 'fill'));
    expect(code, io.err()).toBe(ExitCode.incomplete);
    expect(io.err()).toMatch(
      /index-impact: The disk of .*small-\S+ is full\nENOSPC: no space left on device, write\nMake room/,
    );
    expect([existsSync(kept('suite')), await readdir(small.path)]).toEqual([false, []]);
  });
});

test('an interruption in the middle of the copy leaves nothing anywhere', async () => {
  const interruption = new AbortController();
  const io = capturedIo(interruption.signal);
  const code = await triedUntil(io, /ok {2}schema/, () => {
    interruption.abort(new Interrupted('SIGINT'));
  });
  expect(code, io.err()).toBe(ExitCode.interrupted);
  expect(existsSync(kept())).toBe(false);
  expect(await readdir(own.out)).toEqual([]);
});

test('rows of which no statement finds any are said to be none to measure on, with the reasons', async () => {
  await shop().asOwner((owner) => owner.query('CREATE DATABASE hollow TEMPLATE template0'));
  await shop().inDatabase('hollow', (owner) => owner.query('CREATE TABLE t (id integer PRIMARY KEY)'));
  const file = await sqlFile('hollow.sql', 'CREATE INDEX ON t (id);');
  const queries = await sqlFile('queries.sql', 'SELECT id FROM t WHERE id = $1;');
  const { code, io } = await tried(['--queries', queries, file], urlOf('hollow'));
  expect(code).toBe(ExitCode.incomplete);
  expect(io.err()).toMatch(
    /No statement can be measured on the rows that were copied\n {2}no row has values for its parameters: SELECT id FROM t/,
  );
});
