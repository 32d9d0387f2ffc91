import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CommandLine } from '../flags/commands.ts';
import { FlagReader } from '../flags/flag-reader.ts';
import { ExitCode, UsageError } from '../model/errors.ts';
import type { Sweep } from '../model/sweep.ts';
import { parseSweep } from '../report/sweep/sweep-file.ts';
import { renderSweep } from '../report/sweep/sweep-terminal.ts';
import { SWEEP_FILE, writeSweepReports } from '../report/sweep/write-sweep.ts';
import { readNamedText } from '../system/named-file.ts';
import * as flags from './flags.ts';
import { appearance, type Io } from './io.ts';
import { outDirectory } from './out-directory.ts';
import { print } from './print.ts';

/** The sweep.json that a command line names, itself or by its directory; undefined where it names something else. */
export function sweepFileNamed({ arguments: [path], problems }: CommandLine): string | undefined {
  if (path === undefined || problems.length > 0) return undefined;
  const inside = join(path, SWEEP_FILE);
  if (existsSync(inside)) return inside;
  return basename(path) === SWEEP_FILE ? path : undefined;
}

/** `index-impact report` of a sweep: what it shows and writes, made again from its sweep.json alone. */
export async function reportSweep(file: string, line: CommandLine, io: Io): Promise<ExitCode> {
  const read = new FlagReader(line);
  const out = await outDirectory(read);
  if (read.value(flags.format) !== 'terminal') read.problem(flags.format, 'a sweep has none but terminal');
  const sweep = read.finish(await read.collect(() => readSweep(file)));
  await showSweep(sweep, join(out, sweep.id), io);
  return ExitCode.done;
}

/** On stdout, and as reports in the directory, also where stdout does not take it. */
export async function showSweep(sweep: Sweep, directory: string, io: Io): Promise<void> {
  const text = renderSweep(sweep, appearance(io.stdout, io.env));
  await print(io, text).finally(() => writeSweepFiles(sweep, directory, io));
}

export async function writeSweepFiles(sweep: Sweep, directory: string, io: Io): Promise<void> {
  const files = await writeSweepReports(directory, sweep);
  io.stderr.write(`\n${files.join('\n')}\n`);
}

async function readSweep(file: string): Promise<Sweep> {
  const text = await readNamedText(file).catch((cause: unknown) => {
    throw new UsageError([`report ${file}: the file cannot be read: ${(cause as Error).message}`]);
  });
  return parseSweep(text, file);
}
