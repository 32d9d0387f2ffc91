import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodesOf } from '../bench/database/nodes.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { missingEngine } from '../bench/servers/containers/container-engine.fixture.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { CITUS_IMAGE } from './fixtures/cluster.ts';
import { PASSWORD } from './fixtures/host.ts';
import { startProgram } from './fixtures/program.ts';
import { engine, startSomebodysCluster, type SomebodysCluster } from './fixtures/somebodys-cluster.ts';
import { storedResult } from './fixtures/stored-result.ts';

const missing = await missingEngine(CITUS_IMAGE);

const SUITE = ['--suite', 'tests/fixtures/spread-suite/suite.ts'];
const ASKED = ['run', '--scale', '0.05', '--baseline', 'shipped', '--budget', '2'];

describe.skipIf(missing)(`a guest on a coordinator${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let theirs: SomebodysCluster;
  let before: string[];
  let out: string;
  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'citus-guest-'));
    theirs = await startSomebodysCluster();
    before = await theirs.made();
  });
  afterAll(async () => {
    await theirs.stop();
    await rm(out, { recursive: true });
  });

  const visit = async (role: string, argv: readonly string[]) => {
    const io = { ...capturedIo(), env: { DATABASE_URL: theirs.urlOf(role) } };
    return { exitCode: await run([...argv], io), out: io.out(), err: io.err() };
  };
  const visitBriefly = (role: string, ...flags: string[]) =>
    visit(role, [...ASKED, '--target', 'url', '--yes', '--out', join(out, role), ...flags]);
  const ours = async (): Promise<string[]> =>
    (await theirs.made()).filter((name) => name.includes('index_impact_'));

  /** The program on its own, once something of it is on every node. */
  const startVisit = async (name: string) => {
    const argv = [...ASKED, ...SUITE, '--target', 'url', '--yes', '--out', join(out, name)];
    const program = startProgram(argv, out, { env: { DATABASE_URL: theirs.urlOf('somebody') } });
    while (!/seed +[\d.]+ s/.test(program.err())) await sleep(50);
    return program;
  };

  test(
    'measures on all nodes, and leaves them and their logs as they were',
    { timeout: 600_000 },
    async () => {
      const { exitCode, err } = await visitBriefly('somebody', ...SUITE);
      expect(exitCode, err).toBe(ExitCode.done);
      const { environment, dataset, candidate, reads, writes } = await storedResult(join(out, 'somebody'));
      expect(environment.target).toBe('url');
      expect([...reads, ...writes].map(({ state }) => state)).toEqual(['measured', 'measured']);
      expect(dataset.distribution?.tables).toEqual([
        { table: 'notes', placement: { state: 'distributed', column: 'id', shards: 4 } },
      ]);
      expect(candidate.indexes.map(({ copies }) => copies?.count)).toEqual([4]);
      expect(await theirs.made()).toEqual(before);
      expect(await logs()).toContain('CREATE DATABASE "index_impact_');
      expect(await logs()).not.toContain(PASSWORD);
    },
  );

  /** What all servers have written. */
  async function logs(): Promise<string> {
    const lines = await Promise.all(theirs.containers.map((container) => engine('logs', container)));
    return lines.flat().join('\n');
  }

  test('is cleared from every node after SIGKILL', { timeout: 300_000 }, async () => {
    const program = await startVisit('killed');
    program.child.kill('SIGKILL');
    await program.exitCode;
    for (const { name } of nodesOf(theirs.server))
      expect(await ours()).toEqual(
        expect.arrayContaining([expect.stringMatching(`^${name}: index_impact_`)]),
      );
    const cleaned = await visit('somebody', ['clean', '--yes']);
    expect(cleaned.exitCode, cleaned.err).toBe(ExitCode.done);
    expect(await theirs.made()).toEqual(before);
  });

  test('is refused where a node does not let it, with a line for each', async () => {
    const { exitCode, err } = await visitBriefly('plain', ...SUITE);
    expect(exitCode).toBe(ExitCode.incomplete);
    const [coordinator, worker1] = theirs.addresses.map(({ host }) => `(${host}:5432)`);
    expect(err.split('\n').slice(-5)).toEqual([
      'index-impact: No databases can be made on every node of this cluster',
      `  coordinator ${coordinator}: The role "plain" may not create the extension citus or add nodes; Name a superuser in --url; the SQL of the suite gets a role of its own`,
      `  worker 1 ${worker1}: The role "plain" may not create databases; Have a superuser run: ALTER ROLE "plain" CREATEDB`,
      expect.stringMatching(/^ {2}worker 2 .*password authentication failed for user "plain"/),
      '',
    ]);
    expect(await theirs.made()).toEqual(before);
  });

  test('is told where its distribution fails, and leaves nothing', async () => {
    const [suite, sql] = [join(out, 'suite.ts'), join(out, 'spread.sql')];
    const spread = JSON.stringify(resolve('tests/fixtures/spread-suite/suite.ts'));
    await writeFile(sql, "SELECT 1;\nSELECT create_distributed_table('notes', 'writer');\n");
    await writeFile(
      suite,
      `import spread from ${spread};\nexport default { ...spread, distribution: new URL('spread.sql', import.meta.url) };\n`,
    );
    const { exitCode, err } = await visitBriefly('somebody', '--suite', suite);
    expect(exitCode).toBe(ExitCode.incomplete);
    expect(err).toContain(
      [
        `index-impact: ${sql}:2:1: column "writer" of relation "notes" does not exist`,
        "  2 | SELECT create_distributed_table('notes', 'writer');",
        '    | ^',
      ].join('\n'),
    );
    expect(await theirs.made()).toEqual(before);
  });

  test('is told which worker has ended, and clears the others', { timeout: 300_000 }, async () => {
    const program = await startVisit('ended');
    await engine('kill', theirs.containers.at(-1) ?? '');
    expect(await program.exitCode).toBe(ExitCode.incomplete);
    expect(program.err()).toContain('index-impact: The worker 2 of the cluster has ended\n');
    expect(program.err()).toContain('continue with --resume, once it is back.');
    expect(program.err()).toContain('What was made on the worker 2 was left on the server');
    expect(await ours()).toEqual([]);
  });
});
