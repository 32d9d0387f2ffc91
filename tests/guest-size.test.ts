import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExitCode } from '../bench/model/errors.ts';
import { startHost, visit, type Host } from './fixtures/host.ts';

let host: Host;
beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

const MB = 1024 ** 2;
const within = (size: string, ...flags: string[]) =>
  visit(host.urlOf('guest'), ['--max-size', size, ...flags]);

test('loads nothing where --max-size does not allow it', async () => {
  const before = await host.databases();
  const { exitCode, err } = await within('10MB');
  expect(exitCode).toBe(ExitCode.incomplete);
  expect(err).toContain('There is no room for the databases of this run\nThey take ');
  expect(await host.databases()).toEqual(before);
});

test('measures one baseline after the other where --max-size does not allow both at once', async () => {
  const { exitCode, err, result } = await within('75MB', '--only', 'by-author');
  expect(exitCode, err).toBe(ExitCode.done);
  expect(result?.reads.map(({ baseline, state }) => `${baseline} ${state}`)).toEqual([
    'shipped measured',
    'bare measured',
  ]);
  const detailsOf = (phase: string) =>
    result?.run.phases.filter(({ name }) => name === phase).map(({ detail }) => detail);
  expect(detailsOf('arms')).toEqual([
    expect.stringMatching(/^1 x 2 clones/),
    expect.stringMatching(/^1 x 2 clones/),
  ]);
  expect(detailsOf('room')).toEqual([expect.stringMatching(/^needs about [\d.]+ MB of disk/)]);
  expect(result?.environment.memory?.dataBytes).toBeLessThan(75 * MB);
});

test('makes no copy that --max-size does not allow', async () => {
  const before = await host.databases();
  const directory = await mkdtemp(join(tmpdir(), 'guest-size-'));
  const candidate = join(directory, 'candidate.sql');
  await writeFile(
    candidate,
    'CREATE TABLE large AS SELECT i, md5(i::text) FROM generate_series(1, 500000) i',
  );
  const { exitCode, err } = await within('75MB', '--candidate', candidate);
  await rm(directory, { recursive: true });
  expect(exitCode).toBe(ExitCode.incomplete);
  expect(err).toMatch(
    /There is no room for a copy of index_impact_\w+\nIt takes .* are left: --max-size is 75\.\d MB/,
  );
  expect(await host.databases()).toEqual(before);
});
