import { expect, test } from 'vitest';
import { RunError } from '../model/errors.ts';
import type { Server } from '../database/server.ts';
import { silentProgress } from '../progress/progress.ts';
import { sampleRequest } from '../run/unfinished.fixture.ts';
import { NO_HOST, type ServerRequest } from '../servers/target.ts';
import { refuseWithoutRoom } from './refuse-without-room.ts';

/** A server whose disk has so much left. */
const serverWith = (bytes: number): ServerRequest => ({
  target: 'embedded',
  flags: [],
  open: (_, use) =>
    use({
      isOurs: true,
      room: () => Promise.resolve({ bytes, limit: 'the free space of the disk' }),
    } as Server),
});

const refusal = (bytes: number, isTimed: boolean): Promise<unknown> => {
  const run = { ...sampleRequest('', () => []), scale: 10, server: serverWith(bytes) };
  const request = { run, scales: [1, 10], predict: undefined, steps: 0, isTimed };
  const { signal } = new AbortController();
  return refuseWithoutRoom(request, { ...NO_HOST, progress: silentProgress, signal }).then(
    () => undefined,
    (error: unknown) => error,
  );
};

const GIGABYTE = 1024 ** 3;

test('a sweep whose largest scale finds no room says so, and which scale to leave out', async () => {
  const error = await refusal(GIGABYTE, true);
  expect(error).toBeInstanceOf(RunError);
  expect(error).toMatchObject({
    message: 'There is no room for the databases of scale 10, the largest of the sweep',
    remedy: 'Make room, or leave 10 out of --scales.',
  });
});

test('builds alone take less room than a run', async () => {
  expect(await refusal(8 * GIGABYTE, false)).toBeUndefined();
  expect(await refusal(8 * GIGABYTE, true)).toBeInstanceOf(RunError);
});
