import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  CONTAINER_MAJOR,
  containerImage,
  missingEngine,
} from '../bench/servers/containers/container-engine.fixture.ts';
import { missingMajors } from '../bench/servers/embedded/other-majors.fixture.ts';
import { withEmbeddedServer } from '../bench/servers/embedded/embedded.ts';
import { serverSettings } from '../bench/servers/server-settings.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import type { Result } from '../bench/model/result.ts';

const TINY = ['run', '--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05', '--budget', '2'];

/** What a small run finds on a target. */
async function measuredOn(target: string[], env: Record<string, string> = {}): Promise<Result> {
  const out = await mkdtemp(join(tmpdir(), 'targets-'));
  const io = { ...capturedIo(), env };
  expect(await run([...TINY, '--out', out, '--target', ...target], io), io.err()).toBe(ExitCode.done);
  const [directory] = (await readdir(out)).filter((name) => name !== 'latest.md');
  const result = JSON.parse(await readFile(join(out, directory ?? '', 'result.json'), 'utf8')) as Result;
  await rm(out, { recursive: true });
  return result;
}

const rowsAndPlans = ({ dataset, reads }: Result) => ({
  rows: dataset.tables.map(({ table, rows, sha256 }) => ({ table, rows, sha256 })),
  plans: reads.map(
    (read) => read.state === 'measured' && [read.plans.before.signature, read.plans.after.signature],
  ),
});

const counters = ({ reads, writes }: Result) =>
  [...reads, ...writes].map((row) => row.state === 'measured' && row.counters);

const missing = await missingEngine();

test('a guest finds the same rows, plans and counters as on a server of its own of the same version', async () => {
  const own = await measuredOn(['embedded']);
  // Not the server that all tests share: their checkpoints would be counted.
  const options = { settings: serverSettings(0.25), keep: false, signal: new AbortController().signal };
  const guest = await withEmbeddedServer(options, (server) =>
    measuredOn(['url', '--yes'], { DATABASE_URL: server.admin().url }),
  );
  expect(rowsAndPlans(guest)).toEqual(rowsAndPlans(own));
  expect(counters(guest)).toEqual(counters(own));
});

test.skipIf(missing)('a container finds the same rows and plans', async () => {
  const own = await measuredOn(['embedded']);
  expect(rowsAndPlans(await measuredOn(['docker', '--image', containerImage]))).toEqual(rowsAndPlans(own));
});

test.skipIf(missing ?? missingMajors([CONTAINER_MAJOR]))(
  'a container finds the same counters as another server of its major',
  async () => {
    const contained = await measuredOn(['docker', '--image', containerImage]);
    const own = await measuredOn(['embedded', '--pg', String(CONTAINER_MAJOR)]);
    expect(counters(contained)).toEqual(counters(own));
  },
);
