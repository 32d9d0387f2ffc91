import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capturedIo } from './fixtures/captured-io.ts';
import { startHost, TINY, visit, type Host } from './fixtures/host.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { storedResult } from './fixtures/stored-result.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';

const BRIEFLY = ['--baseline', 'shipped', '--only', 'by-author', '--budget', '1'];

const own = ownDirectories();

/** A small run on a server of ours. */
async function runBriefly(...flags: string[]) {
  const io = capturedIo();
  const exitCode = await run([...TINY, ...BRIEFLY, '--out', own.out, ...flags], io);
  return { exitCode, err: io.err() };
}

describe('on the server of somebody who has planner settings of their own', () => {
  let host: Host;
  beforeAll(async () => {
    host = await startHost({ random_page_cost: '10', synchronize_seqscans: 'on', timezone: 'Asia/Tokyo' });
    await host.asOwner((owner) =>
      owner.query(`
        ALTER DATABASE postgres SET hash_mem_multiplier = 3;
        ALTER ROLE guest SET enable_hashjoin = off;
        ALTER ROLE postgres SET work_mem = '7MB'`),
    );
  });
  afterAll(() => host.stop());

  const settingsOf = async (url: string, ...flags: string[]) => {
    const { exitCode, err, result } = await visit(url, [...BRIEFLY, ...flags]);
    expect(exitCode, err).toBe(ExitCode.done);
    return { ...result?.environment };
  };

  test('a run measures with those of the server, the database and the role', async () => {
    const { settings, notDefault } = await settingsOf(host.urlOf('guest'));
    expect(settings).toMatchObject({
      random_page_cost: '10',
      hash_mem_multiplier: '3',
      enable_hashjoin: 'off',
    });
    expect(notDefault).toEqual(
      expect.arrayContaining(['random_page_cost', 'hash_mem_multiplier', 'enable_hashjoin']),
    );
    expect(notDefault).not.toContain('enable_mergejoin');
  });

  test('a superuser, whose suite runs as another role, measures with those of its own role', async () => {
    const { settings } = await settingsOf(host.url);
    expect(settings).toMatchObject({ random_page_cost: '10', work_mem: '7MB', enable_hashjoin: 'on' });
  });

  test('only what measuring itself needs is set', async () => {
    const { settings } = await settingsOf(host.urlOf('guest'));
    expect(settings).toMatchObject({ synchronize_seqscans: 'off', TimeZone: 'UTC' });
  });

  test('--setting has the last word', async () => {
    const { settings } = await settingsOf(host.urlOf('guest'), '--setting', 'random_page_cost=2');
    expect(settings).toMatchObject({ random_page_cost: '2', hash_mem_multiplier: '3' });
  });

  test.each(['guest', 'postgres'])('%s is told at once what the role may not set', async (role) => {
    const url = role === 'guest' ? host.urlOf(role) : host.url;
    const { exitCode, err, result } = await visit(url, [...BRIEFLY, '--setting', 'temp_file_limit=1GB']);
    expect(exitCode).toBe(ExitCode.usage);
    expect(err).toContain('index-impact: --setting: permission denied to set parameter "temp_file_limit"\n');
    expect(result).toBeUndefined();
  });
});

describe('--setting', () => {
  test('is in the sessions of the suite on a server of ours, in the result and in the command', async () => {
    const typed = ['--setting', 'work_mem=3MB', '--setting', 'Enable_HashJoin=off,jit_above_cost = 5'];
    const { exitCode, err } = await runBriefly(...typed);
    expect(exitCode, err).toBe(ExitCode.done);
    const { run: head, environment } = await storedResult(own.out);
    const set = { work_mem: '3MB', enable_hashjoin: 'off', jit_above_cost: '5' };
    expect(environment.settings).toMatchObject({ ...set, random_page_cost: '1.1' });
    expect(head.settings).toEqual(set);
    expect(head.command).toContain("--setting 'work_mem=3MB,enable_hashjoin=off,jit_above_cost=5' ");
  });

  test('is refused before rows are loaded, a line each, where the server does not accept it', async () => {
    const { exitCode, err } = await runBriefly(
      '--setting',
      'no_such=1,work_mem=much,random_page_cost=-5,shared_buffers=1GB,log_statement=all,jit=off',
    );
    expect(exitCode).toBe(ExitCode.usage);
    const lines = err.split('\n').filter((line) => line.includes('--setting'));
    expect(lines).toEqual([
      'index-impact: --setting: "no_such" is no setting of this server',
      'index-impact: --setting: invalid value for parameter "work_mem": "much"',
      expect.stringContaining('--setting: -5 is outside the valid range for parameter "random_page_cost"'),
      'index-impact: --setting: parameter "shared_buffers" cannot be changed without restarting the server',
      expect.stringContaining('--setting: "log_statement" decides no plans; its category is "Reporting and'),
    ]);
  });

  test.each([
    ['work_mem', '"work_mem" is not accepted; it takes name=value'],
    ['work_mem=1MB,WORK_MEM=2MB', '"work_mem" is there twice'],
    ['search_path=other', '"search_path" is the suite\'s `searchPath`'],
    ['statement_timeout=1s', '"statement_timeout" is set by --statement-timeout'],
    ['autovacuum=on,fsync=off', '"autovacuum" is off for the tables of a run: VACUUM would change one arm'],
    ['autovacuum=on,fsync=off', '; "fsync" is for the whole server'],
  ])('is refused with the reason before a server starts: %s', async (typed, reason) => {
    const { exitCode, err } = await runBriefly('--setting', typed);
    expect(exitCode).toBe(ExitCode.usage);
    expect(err).toContain(reason);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

test('a list that is typed in parts is taken as a whole', async () => {
  const { exitCode, err } = await runBriefly('--only', 'no-such', '--only', 'neither');
  expect(exitCode).toBe(ExitCode.usage);
  expect(err).toContain('--only: "no-such", "neither" is not known');
});
