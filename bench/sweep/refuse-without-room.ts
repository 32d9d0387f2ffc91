import { bytes } from '../format/quantity.ts';
import { RunError } from '../model/errors.ts';
import { diskBytesFor, expectedSizes, LEAST_DATABASES } from '../run/needs.ts';
import { askedOfServer } from '../run/run.ts';
import type { SweepRequest } from './sweep-request.ts';
import type { SweepContext } from './visit.ts';

/** The template, and the copy that indexes are built on. */
const UNTIMED_DATABASES = 2;

/**
 * Looks whether the databases of the largest scale find room, before the first is measured.
 *
 * @throws RunError where they do not
 */
export async function refuseWithoutRoom(
  { run, isTimed, scales }: SweepRequest,
  { signal, confirm, onLeftBehind }: SweepContext,
): Promise<void> {
  const options = { ...askedOfServer(run), signal, confirm, onLeftBehind };
  await run.server.open(options, async (server) => {
    const room = await server.room();
    const databases = isTimed ? LEAST_DATABASES : UNTIMED_DATABASES;
    const wanted = diskBytesFor(databases, expectedSizes(run, server));
    if (wanted <= room.bytes) return;
    throw new RunError(`There is no room for the databases of scale ${run.scale}, the largest of the sweep`, {
      detail: `They take about ${bytes(wanted)}; ${bytes(Math.max(0, room.bytes))} are left: ${room.limit}.`,
      remedy: `Make room, or leave ${scales.at(-1) ?? 'it'} out of --scales.`,
    });
  });
}
