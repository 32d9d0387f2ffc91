import type { Server } from './server.ts';
import { changeSystemSettings } from './system-settings.ts';

/**
 * From now on a server of ours leaves what it writes in the page cache, which is faster, until the returned function is called:
 * then all is on the disk. For what is not timed; should the server die meanwhile, its run ends anyway (PostgreSQL manual,
 * 19.5.1 "fsync").
 *
 * @returns what ends it
 */
export async function leaveInPageCache({
  flush,
  administer,
}: Pick<Server, 'flush' | 'administer'>): Promise<() => Promise<void>> {
  if (!flush) return () => Promise.resolve();
  await setSync(administer, 'off');
  return async () => {
    await setSync(administer, 'on');
    await flush();
  };
}

const setSync = (administer: Server['administer'], fsync: 'on' | 'off'): Promise<void> =>
  administer((admin) => changeSystemSettings(admin, { fsync }));

/** The same while `use` runs. */
export async function inPageCache<T>(
  server: Pick<Server, 'flush' | 'administer'>,
  use: () => Promise<T>,
): Promise<T> {
  const write = await leaveInPageCache(server);
  const value = await use();
  await write();
  return value;
}
