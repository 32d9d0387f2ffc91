import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FlagReader } from '../../flags/flag-reader.ts';
import { removeServer } from '../../servers/embedded/remove-server.ts';
import { stateOf, strangeness } from '../../servers/embedded/server-directories.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import type { Execute, Io } from '../io.ts';
import { print } from '../print.ts';

export const execute: Execute = async (line, io) => {
  const read = new FlagReader(line);
  const chosen = [];
  for (const typed of line.arguments) chosen.push(await read.collect(() => serverDirectoryToStop(typed)));
  return stop(read.finish([...new Set(chosen.filter((path) => path !== undefined))]), io);
};

/** `index-impact stop`: ends servers that were kept, and removes their files. */
async function stop(directories: readonly string[], io: Io): Promise<ExitCode> {
  for (const directory of directories) {
    const wasRunning = await removeServer(directory);
    const done = wasRunning ? 'Stopped the server and removed its files' : 'Removed; no server was running';
    await print(io, `${directory}\n  ${done}.\n`);
  }
  return ExitCode.done;
}

/**
 * The directory of a server that nobody is using, by its whole path.
 *
 * @throws UsageError when it is anything else, with what it is
 */
async function serverDirectoryToStop(typed: string): Promise<string> {
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
