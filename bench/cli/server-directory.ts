import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { stateOf, strangeness } from '../servers/embedded/server-directories.ts';
import { UsageError } from '../model/errors.ts';

/**
 * The directory of a server that nobody is using, by its whole path.
 *
 * @throws UsageError when it is anything else, with what it is
 */
export async function serverDirectoryToStop(typed: string): Promise<string> {
  const path = await canonical(resolve(typed));
  const problem = (await strangeness(path)) ?? (await useOf(path));
  if (problem !== undefined) throw new UsageError([`stop ${typed}: it ${problem}; it is left alone`]);
  return path;
}

/** Links on the way are followed; what is at the end has to be the directory itself. */
const canonical = async (path: string): Promise<string> =>
  join(await realpath(dirname(path)).catch(() => dirname(path)), basename(path));

async function useOf(path: string): Promise<string | undefined> {
  switch (await stateOf(path)) {
    case 'in use':
      return `is in use by process ${basename(path).split('-')[2]}: end that instead`;
    case undefined:
      return 'was made where the processes cannot be seen from here, such as in another container';
    default:
      return undefined;
  }
}
