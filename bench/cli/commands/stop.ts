import { removeServer } from '../../servers/embedded/remove-server.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Execute } from '../execute.ts';
import type { Io } from '../io.ts';
import { stopOptions, type StopOptions } from '../options.ts';

export const execute: Execute = async (line, io) => stop(await stopOptions(line), io);

/** `index-impact stop`: ends servers that were kept, and removes their files. */
async function stop({ directories }: StopOptions, { stdout }: Io): Promise<ExitCode> {
  for (const directory of directories) {
    const wasRunning = await removeServer(directory);
    const done = wasRunning ? 'Stopped the server and removed its files' : 'Removed; no server was running';
    stdout.write(`${directory}\n  ${done}.\n`);
  }
  return ExitCode.done;
}
