import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { withConnection, type Connection } from '../database/connection.ts';
import { withEmbeddedServer } from '../servers/embedded/embedded.ts';
import { loginTo } from '../../tests/fixtures/test-server.fixture.ts';
import { serverSettings } from '../servers/server-settings.ts';
import { keepLookout, pauseInLast } from './disturbances.ts';

const never = new AbortController().signal;

/** A server of its own: on the shared one, other tests would be the disturbance. */
let url: string;
let finish: () => void;
let server: Promise<unknown>;
beforeAll(
  () =>
    new Promise<void>((ready, failed) => {
      const options = { settings: serverSettings(0.25), keep: false, signal: never };
      server = withEmbeddedServer(options, (running) => {
        url = running.admin().url;
        ready();
        return new Promise<void>((done) => (finish = done));
      });
      server.catch(failed);
    }),
);
afterAll(async () => {
  finish();
  await server;
});

const observed = (use: (connection: Connection) => Promise<void>) => withConnection(loginTo(url), never, use);

test('an undisturbed pair reports nothing', () =>
  observed(async (connection) => {
    const lookOut = await keepLookout([connection]);
    expect(await lookOut(1)).toEqual([]);
    expect(await lookOut(2)).toEqual([]);
  }));

test('sessions of this process are no disturbance', () =>
  observed(async (connection) => {
    const lookOut = await keepLookout([connection]);
    await observed(async (own) => {
      await own.query('SELECT 1');
      expect(await lookOut(1)).toEqual([]);
    });
  }));

test('a checkpoint is reported once, with its pair', () =>
  observed(async (connection) => {
    const lookOut = await keepLookout([connection]);
    await observed(async (own) => {
      await own.query('CHECKPOINT');
    });
    expect(await lookOut(3)).toEqual([{ kind: 'checkpoint', pair: 3 }]);
    expect(await lookOut(4)).toEqual([]);
  }));

test("another user's session is reported for its work, though it is idle at the check", () =>
  observed(async (connection) => {
    const stranger = new pg.Client({ connectionString: url });
    await stranger.connect();
    try {
      const lookOut = await keepLookout([connection]);
      expect(await lookOut(1)).toEqual([]);
      await stranger.query('SELECT 1');
      expect(await lookOut(2)).toEqual([{ kind: 'other session', pair: 2 }]);
      expect(await lookOut(3)).toEqual([]);
    } finally {
      await stranger.end();
    }
  }));

test('a session that the nodes of a cluster have with each other is no disturbance', () =>
  observed(async (connection) => {
    const node = new pg.Client({
      connectionString: url,
      application_name: 'citus_internal gpid=10000000123',
    });
    await node.connect();
    try {
      const lookOut = await keepLookout([connection]);
      await node.query('SELECT 1');
      expect(await lookOut(1)).toEqual([]);
    } finally {
      await node.end();
    }
  }));

test('a changed wall clock is reported, with the step', () =>
  observed(async (connection) => {
    const lookOut = await keepLookout([connection]);
    const now = Date.now;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() + 5000);
    const [step] = await lookOut(1);
    clock.mockRestore();
    expect(step?.kind === 'clock step' && Math.round(step.stepMs / 100)).toBe(50);
  }));

test('a visit that takes far longer than most is a pause, with its length', () => {
  expect(pauseInLast([40, 42, 41, 40, 30_041])).toBe(30_000);
});

test('slow visits, or a slower first one, are no pauses', () => {
  expect(pauseInLast([900, 40, 40, 41])).toBeUndefined();
  expect(pauseInLast([4_000, 4_100, 4_000, 9_000])).toBeUndefined();
  expect(pauseInLast([])).toBeUndefined();
});
