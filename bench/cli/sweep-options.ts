import type { CommandLine } from '../flags/commands.ts';
import { FlagReader } from '../flags/flag-reader.ts';
import { nameOf } from '../flags/flag.ts';
import { count } from '../format/quantity.ts';
import { isCopied } from '../model/dataset.ts';
import type { Sweep } from '../model/sweep.ts';
import * as runFlags from '../run/flags.ts';
import type { ServerRequest } from '../servers/target.ts';
import type { Suite } from '../suite/suite.ts';
import * as flags from '../sweep/flags.ts';
import { predictedSize } from '../sweep/predicted-size.ts';
import type { SweepRequest } from '../sweep/sweep-request.ts';
import type { Io } from './io.ts';
import { chosenSuite, runOptions, type RunOptions } from './run-options.ts';

export interface SweepOptions extends SweepRequest {
  run: RunOptions;
}

/** @throws UsageError with every problem at once, each naming its flag and what it accepts */
export async function sweepOptions(line: CommandLine, env: Io['env']): Promise<SweepOptions> {
  const read = new FlagReader(line, env);
  const [scales, rows] = [read.value(flags.scales), read.value(flags.predict)];
  const [steps, measured] = [read.value(flags.steps), read.value(flags.measure)];
  const largest = scales.at(-1) ?? 1;
  const run = await read.collect(() => runOptions(lineOfRun(line, read, largest), env));
  // Whatever else the run does not take: what its suite has is judged, too.
  const suite = run?.suite ?? (await chosenSuite(read));
  if (suite) requireGrowth(suite, read);
  const isAsked = rows !== undefined && read.isAccepted(flags.scales);
  const predict = suite && isAsked ? prediction(suite, largest, rows, read) : undefined;
  const isTimed = measured === 'all';
  return read.finish(
    run && { run: { ...run, server: withMemoryFor(largest, run.server) }, scales, predict, steps, isTimed },
  );
}

/** The run at the largest scale, with the values of this command where `run` has other defaults. */
function lineOfRun(line: CommandLine, read: FlagReader, scale: number): CommandLine {
  const own = new Set(flags.SWEEP_FLAGS.map(nameOf));
  const shared = Object.entries(line.values).filter(([name]) => !own.has(name));
  const baseline = read.value(runFlags.baseline);
  const values = { ...Object.fromEntries(shared), baseline, [nameOf(runFlags.scale)]: String(scale) };
  return { ...line, command: 'run', values, problems: [] };
}

/** Memory decides plans and times: it is the same at every scale. */
const withMemoryFor = (scale: number, server: ServerRequest): ServerRequest => ({
  ...server,
  open: (options, use) => server.open({ ...options, scale }, use),
});

function requireGrowth({ name, dataset }: Suite, read: FlagReader): void {
  if (dataset.tables.some((table) => !isCopied(table))) return;
  read.problem(
    flags.scales,
    `the rows of the suite "${name}" are copied, and the same at every scale; it takes a suite with a table that row() makes`,
  );
}

function prediction(suite: Suite, largest: number, rows: number, read: FlagReader): Sweep['predict'] {
  const size = predictedSize(suite.dataset.tables, rows);
  if (!size || size.scale > largest) return size;
  read.problem(
    flags.predict,
    `${count(rows)} rows of ${size.table} are no more than it has at scale ${largest}, which is measured; it takes more`,
  );
  return undefined;
}
