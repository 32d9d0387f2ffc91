import { bytesOfDatabase } from '../../database/databases.ts';
import { bytes } from '../../format/quantity.ts';
import type { PerArm } from '../../model/arm.ts';
import type { Warning } from '../../model/outcome.ts';
import type { RunSite } from '../sites.ts';

/** What a minute of writes may add to a copy, beside its own size. */
const GROWTH = 1.5;

/** On a server of ours: what `max_wal_size` allows. */
const WAL_BYTES = 1024 ** 3;

/** Why copies of both arms that grow cannot exist; undefined where they can. */
export async function lackOfRoom(
  { before, after }: PerArm<string>,
  { server }: RunSite,
): Promise<Warning | undefined> {
  const databases = await server.administer(
    async (admin) => (await bytesOfDatabase(admin, before)) + (await bytesOfDatabase(admin, after)),
  );
  const wanted = Math.round(GROWTH * databases + (server.isOurs ? WAL_BYTES : 0));
  const room = await server.room();
  if (wanted <= room.bytes) return undefined;
  return {
    code: 'long-run',
    cause: `there is no long run: its copies may take ${bytes(wanted)}; ${bytes(Math.max(0, room.bytes))} are left: ${room.limit}`,
    remedy: 'make room, or measure a smaller dataset with --scale',
  };
}
