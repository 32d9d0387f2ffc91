import { FlagReader } from '../../flags/flag-reader.ts';
import { removeServer } from '../../servers/embedded/remove-server.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Execute, Io } from '../io.ts';
import { serverDirectoryToStop } from '../server-directory.ts';

export const execute: Execute = async (line, io) => {
  const read = new FlagReader(line);
  const chosen = [];
  for (const typed of line.arguments) chosen.push(await read.collect(() => serverDirectoryToStop(typed)));
  return stop(read.finish([...new Set(chosen.filter((path) => path !== undefined))]), io);
};

/** `index-impact stop`: ends servers that were kept, and removes their files. */
async function stop(directories: readonly string[], { stdout }: Io): Promise<ExitCode> {
  for (const directory of directories) {
    const wasRunning = await removeServer(directory);
    const done = wasRunning ? 'Stopped the server and removed its files' : 'Removed; no server was running';
    stdout.write(`${directory}\n  ${done}.\n`);
  }
  return ExitCode.done;
}
