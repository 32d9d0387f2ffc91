import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cutWhenSilent, patienceMsFor } from './silence.ts';

let silent: Server;
let stream: Socket;
beforeEach(async () => {
  silent = createServer((near) => near.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  stream = connect((silent.address() as AddressInfo).port, '127.0.0.1');
  await once(stream, 'connect');
});
afterEach(() => {
  stream.destroy();
  silent.close();
});

/** As much of pg's client as tells whether a statement runs. */
const clientOn = (readyForQuery: boolean) => ({ connection: { stream }, readyForQuery });

test('a session that has waited longer than its patience is still cut when a statement gets no answer', async () => {
  const client = clientOn(true);
  cutWhenSilent(client as unknown as pg.Client, 50);
  await sleep(200);
  expect(stream.destroyed).toBe(false);
  client.readyForQuery = false;
  stream.write('SELECT 1');
  const [error] = (await once(stream, 'error', { signal: AbortSignal.timeout(20_000) })) as [Error];
  expect(error.message).toBe('read ETIMEDOUT: the server was silent for 0.05 s');
});

test('statements without a time limit are waited for', () => {
  expect(patienceMsFor(undefined)).toBe(Infinity);
  expect(patienceMsFor('0')).toBe(Infinity);
  expect(patienceMsFor('5s')).toBe(20_000);
});
