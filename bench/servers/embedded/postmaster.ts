import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunError } from '../../model/errors.ts';
import type { Home } from './cluster.ts';
import { readPlainFile } from '../plain-file.ts';
import { startArguments } from '../server-settings.ts';
import { lastLines, logFile } from './server-log.ts';
import { clusterIn, homeIn } from './server-processes.ts';

/** A server process started by us. */
export interface Postmaster {
  pid: number;
  port: number;
  isRunning: () => boolean;
  /** Fast shutdown, then ever less polite ones; returns at once when the server is dead already. */
  stop: () => Promise<void>;
  /** Immediate shutdown, for a cluster that nobody needs any more: one that has just crashed can ignore a fast one. */
  discard: () => Promise<void>;
  /** Lets this process end while the server runs on. */
  release: () => Promise<void>;
}

const START_ATTEMPTS = 3;
const START_TIMEOUT_MS = 60_000;

/** Starts the cluster of `home` on a free loopback port; another process may take the port first, so it tries again. */
export async function startPostmaster(
  home: Home,
  settings: Record<string, string>,
  signal: AbortSignal,
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const child = spawnPostgres(home, { ...settings, port: String(port) });
    if (await becomesReady(child, home, signal)) return postmaster(child, port);
    await shutDown(child, AT_ONCE);
    signal.throwIfAborted();
    if (attempt === START_ATTEMPTS) throw await startFailure(home);
  }
}

function postmaster(child: ChildProcess, port: number): Postmaster {
  return {
    pid: child.pid ?? 0,
    port,
    isRunning: () => isRunning(child),
    stop: () => shutDown(child, CLEANLY),
    discard: () => shutDown(child, AT_ONCE),
    release: () => {
      child.unref();
      return Promise.resolve();
    },
  };
}

/** Detached: the server leads its own process group, so that a terminal's Ctrl-C reaches us first. */
function spawnPostgres(home: Home, settings: Record<string, string>): ChildProcess {
  const all: Record<string, string> = {
    ...settings,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  };
  const log = openSync(logFile(home.directory), 'a', 0o600);
  try {
    const child = spawn(
      join(home.binaries, 'postgres'),
      ['-D', clusterIn(home.directory), ...startArguments(all)],
      {
        cwd: homeIn(home.directory),
        ...home.account,
        env: { PATH: process.env.PATH, LC_ALL: 'C' },
        stdio: ['ignore', log, log],
        detached: true,
      },
    );
    child.on('error', () => undefined);
    return child;
  } finally {
    closeSync(log);
  }
}

/** The postmaster writes its state into the eighth line of postmaster.pid (PostgreSQL, miscadmin.h). */
async function becomesReady(child: ChildProcess, home: Home, signal: AbortSignal): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (isRunning(child) && Date.now() < deadline && !signal.aborted) {
    const lines = await readPlainFile(join(clusterIn(home.directory), 'postmaster.pid')).catch(() => '');
    if (lines.split('\n')[7]?.trim() === 'ready') return true;
    await sleep(10);
  }
  return false;
}

type Shutdown = readonly (readonly [signal: NodeJS.Signals, patienceMs: number])[];

const AT_ONCE: Shutdown = [
  ['SIGQUIT', 10_000],
  ['SIGKILL', 5_000],
];
const CLEANLY: Shutdown = [['SIGINT', 30_000], ...AT_ONCE];

async function shutDown(child: ChildProcess, shutdown: Shutdown): Promise<void> {
  for (const [signal, patienceMs] of shutdown) {
    if (!isRunning(child)) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await Promise.race([exited, sleep(patienceMs, undefined, { ref: false })]);
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

const startFailure = async ({ directory }: Home): Promise<RunError> =>
  new RunError('The PostgreSQL server did not start', {
    detail: await lastLines(directory),
    remedy:
      'Its last lines of log are above; shared memory and the temporary directory are the usual causes.',
  });
