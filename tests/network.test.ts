import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Server } from '../bench/database/server.ts';
import { startServer } from './fixtures/test-server.fixture.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';

let server: Server;
let stop: () => Promise<void>;
let out: string;
beforeAll(async () => {
  ({ server, stop } = await startServer());
  out = await mkdtemp(join(tmpdir(), 'network-'));
});
afterAll(async () => {
  await stop();
  await rm(out, { recursive: true });
});

/** A network between us and a server that can fail: then it accepts everything and forwards nothing. */
class Network {
  readonly #listener: TcpServer;
  readonly #sockets: Socket[] = [];
  #isDead = false;

  constructor(to: URL) {
    this.#listener = createServer((near) => {
      const far = connect(Number(to.port), to.hostname);
      for (const [from, into] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.push(from);
        from.on('error', () => undefined);
        from.on('data', (data) => this.#isDead || into.write(data));
        from.on('close', () => this.#isDead || into.destroy());
      }
    });
  }

  async open(): Promise<number> {
    this.#listener.listen(0, '127.0.0.1');
    await once(this.#listener, 'listening');
    return (this.#listener.address() as AddressInfo).port;
  }

  die(): void {
    this.#isDead = true;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#listener.close();
  }
}

test('a failed network ends a run, and the measurements are kept', async () => {
  const url = new URL(server.admin().url);
  const network = new Network(new URL(url));
  url.port = String(await network.open());
  const io = { ...capturedIo(), env: { DATABASE_URL: url.href } };
  const small = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05', '--baseline', 'shipped'];
  const guest = ['--target', 'url', '--yes', '--statement-timeout', '5', '--out', out];
  const running = run(['run', ...small, ...guest], io);
  while (!/ 1\/\d+/.test(io.err())) await sleep(10);
  network.die();
  expect(await running).toBe(ExitCode.incomplete);
  // In a block, or while the sessions of a round are opened.
  expect(io.err()).toMatch(/the server was silent for 20 s|timeout expired/);
  expect(io.err()).toContain('go on with:');
  network.close();
});
