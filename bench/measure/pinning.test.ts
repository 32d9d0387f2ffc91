import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { withEmbeddedServer } from '../servers/embedded/embedded.ts';
import { serverSettings } from '../servers/server-settings.ts';
import type { Server } from '../database/server.ts';
import { useAllCores } from '../../tests/fixtures/cores.ts';
import { familyOf } from '../../tests/fixtures/process-tree.ts';
import { allowedCores, parseCores, withPinning } from './pinning.ts';
import fc from 'fast-check';

const options = { settings: serverSettings(0.25), keep: false, signal: new AbortController().signal };
const cores = useAllCores();
const atFirst = allowedCores(process.pid) ?? '';
const [first = 0, last = 0] = [cores[0], cores.at(-1)];

const confine = (pid: number, list: string) => execFileSync('taskset', ['-acp', list, String(pid)]);
afterEach(() => confine(process.pid, atFirst));

const ownThreads = (): Set<string | undefined> =>
  new Set(readdirSync(`/proc/self/task`).map((thread) => allowedCores(Number(thread))));

const serverProcesses = ({ processId }: Server): number[] => familyOf(Number(processId));
const coresOf = (server: Server): Set<string | undefined> =>
  new Set(serverProcesses(server).map(allowedCores));

describe.skipIf(cores.length < 2)('while pinned', () => {
  test('harness and server are pinned to their last common core, and unpinned afterwards', async () => {
    await withEmbeddedServer(options, async (server) => {
      await withPinning(server, (pinning) => {
        expect(pinning).toEqual({ state: 'pinned', core: last });
        expect([...ownThreads()]).toEqual([`${last}`]);
        expect(allowedCores(Number(server.processId))).toBe(`${last}`);
        return Promise.resolve();
      });
      expect([...ownThreads()]).toEqual([atFirst]);
      expect([...coresOf(server)]).toEqual([atFirst]);
    });
  });

  test.each([first, last])('a harness that may only use core %d stays there', async (core) => {
    confine(process.pid, `${core}`);
    await withEmbeddedServer(options, async (server) => {
      await withPinning(server, (pinning) => {
        expect(pinning).toEqual({ state: 'pinned', core });
        return Promise.resolve();
      });
      expect([...ownThreads(), ...coresOf(server)]).toEqual([`${core}`, `${core}`]);
    });
  });

  test('nothing is pinned where harness and server have no core in common', async () => {
    await withEmbeddedServer(options, async (server) => {
      for (const pid of serverProcesses(server)) confine(pid, `${first}`);
      confine(process.pid, `${last}`);
      await withPinning(server, (pinning) => {
        const reason = `harness (cores ${last}) and server (${first}) have no core in common`;
        expect(pinning).toEqual({ state: 'unpinned', reason });
        return Promise.resolve();
      });
      expect([...ownThreads(), ...coresOf(server)]).toEqual([`${last}`, `${first}`]);
    });
  });

  test('pinning that had no effect is not reported as pinned', async () => {
    const tools = await mkdtemp(join(tmpdir(), 'tools-'));
    await writeFile(join(tools, 'taskset'), '#!/bin/sh\n', { mode: 0o755 });
    vi.stubEnv('PATH', tools);
    try {
      await withPinning({ processId: process.pid }, (pinning) => {
        expect(pinning).toEqual({ state: 'unpinned', reason: 'taskset did not confine them' });
        return Promise.resolve();
      });
    } finally {
      vi.unstubAllEnvs();
      await rm(tools, { recursive: true });
    }
  });

  test('all processes of a restarted server are unpinned afterwards', async () => {
    await withEmbeddedServer(options, async (server) => {
      await withPinning(server, () => server.restart?.() ?? Promise.resolve());
      expect([...coresOf(server)]).toEqual([atFirst]);
    });
  });
});

/** Adjacent numbers are one range, as in the kernel's lists. */
function listOf(cores: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const core of cores) {
    const range = ranges.at(-1);
    if (range?.last === core - 1) range.last = core;
    else ranges.push({ first: core, last: core });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

test.each([
  ['1', [1]],
  ['0-3', [0, 1, 2, 3]],
  ['0-1,8,10-11', [0, 1, 8, 10, 11]],
])('the list %s is %j', (list, cores) => {
  expect(parseCores(list)).toEqual(cores);
});

test('every set of cores is read back from its list', () => {
  const sets = fc.uniqueArray(fc.nat(255), { minLength: 1 }).map((cores) => cores.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(sets, (cores) => {
      expect(parseCores(listOf(cores))).toEqual(cores);
    }),
  );
});
