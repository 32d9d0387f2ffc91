import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ownDirectories } from './fixtures/own-directories.ts';
import { familyOf } from './fixtures/process-tree.ts';
import { COMMAND, openTerminal } from './fixtures/program.ts';
import { useAllCores } from './fixtures/cores.ts';
import { allowedCores } from '../bench/measure/pinning.ts';
import { parseResult } from '../bench/report/result-file.ts';

const own = ownDirectories();
const cores = useAllCores();
const last = cores.at(-1);

/** The embedded server's postmaster, while it runs; initdb's has a negative number. */
async function postmaster(): Promise<number | undefined> {
  const files = await readdir(own.temporary, { recursive: true });
  const file = files.find((name) => name.endsWith('/postmaster.pid'));
  if (file === undefined) return undefined;
  return Math.abs(Number.parseInt(await readFile(join(own.temporary, file), 'utf8'), 10));
}

test.skipIf(cores.length < 2)('a run started on one core stays there, and says so', async () => {
  const suite = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05', '--baseline', 'bare'];
  const argv = ['run', ...suite, '--only', 'by-author', '--budget', '2', '--out', own.out];
  const terminal = openTerminal(`exec taskset -c ${last} ${[...COMMAND, ...argv].join(' ')}`, own.temporary);
  const seen = new Set<string | undefined>();
  const isOver = terminal.exitCode.then(() => true);
  while (!(await Promise.race([isOver, sleep(100, false)]))) {
    const server = await postmaster().catch(() => undefined);
    if (server) for (const pid of familyOf(server)) seen.add(allowedCores(pid));
  }
  expect(await terminal.exitCode, terminal.shown()).toBe(0);
  // A process that has just ended has no list of cores.
  expect([...seen].filter((list) => list !== undefined)).toEqual([`${last}`]);
  const file =
    (await readdir(own.out, { recursive: true })).find((name) => name.endsWith('/result.json')) ?? '';
  const { environment } = parseResult(await readFile(join(own.out, file), 'utf8'), file);
  expect(environment).toMatchObject({
    machine: { allowedCores: `${last}` },
    pinning: { state: 'pinned', core: last },
  });
  expect(await readFile(join(own.out, 'latest.md'), 'utf8')).toContain(` cores (only ${last} allowed)`);
});
