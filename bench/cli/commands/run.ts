import { join } from 'node:path';
import type { LeftBehind } from '../../servers/target.ts';
import { ExitCode, RunError } from '../../model/errors.ts';
import { withLock } from '../../system/lock.ts';
import { programCommand } from '../../system/program.ts';
import type { Progress } from '../../model/progress.ts';
import type { Result } from '../../model/result.ts';
import { silentProgress } from '../../progress/progress.ts';
import { describeResumption, describeRun } from '../../run/describe-run.ts';
import { carryOut } from '../../run/run.ts';
import type { Kept } from '../../run/run-context.ts';
import { RunState } from '../../run/run-state.ts';
import { RunStore } from '../../run/run-store.ts';
import { confirmWith } from '../confirm.ts';
import type { Execute, Io } from '../io.ts';
import { sayLeftBehind, warnOfLeftBehind } from '../left-behind.ts';
import { print } from '../print.ts';
import { refuseToGoOnAsTheyAre } from '../beside-as-they-are.ts';
import { quickLine } from '../quick-line.ts';
import { resumedLine } from '../resumed-line.ts';
import { runOptions, type RunOptions } from '../run-options.ts';
import { withProgress } from '../with-progress.ts';

export const execute: Execute = async (line, io) => {
  if (!('resume' in line.values)) return run(await runOptions(quickLine(line), io.env), io);
  const { unfinished, merged } = await resumedLine(line);
  refuseToGoOnAsTheyAre(merged);
  const options = { ...(await runOptions(merged, io.env)), resumed: unfinished };
  // A second process that goes on with it would measure the same again, and one of both would be lost.
  return withLock(join(options.out, unfinished.run.id, 'resumed'), io.signal, () => run(options, io), 0);
};

/** A third of the program renders reports: it is loaded while the server starts. */
const loadOutput = () => import('../run-output.ts');

/** Measures, reports, and keeps what was measured even when it cannot go on. */
export async function run(options: RunOptions, io: Io): Promise<ExitCode> {
  const output = loadOutput();
  const { result, kept } = await measure(options, io);
  const { showResult, writeFiles } = await output;
  await showResult(result, options, io).finally(() => writeFiles(result, options, io));
  if (options.keep) await print(io, describeKept(kept));
  return exitCodeOf(result, options, io);
}

/** Carries a run out, showing how it goes. What was measured is written down even when it fails. */
export async function measure(options: RunOptions, io: Io): Promise<{ result: Result; kept: Kept }> {
  const { resumed } = options;
  const head = resumed ? describeResumption(resumed.run, new Date()) : describeRun(options, new Date());
  const store = new RunStore(new RunState(head, options, resumed), options);
  const leftBehind: LeftBehind[] = [];
  const onLeftBehind = (database: LeftBehind): void => {
    store.state.addWarnings([warnOfLeftBehind(database)]);
    leftBehind.push(database);
  };
  const carryOutShowing = (progress: Progress): Promise<Kept> => {
    progress.started(headline(options));
    const confirm = confirmWith(options, io);
    return carryOut(options, { store, progress, signal: io.signal, confirm, onLeftBehind });
  };
  try {
    const kept = await withProgress(io, carryOutShowing, options.quiet ? silentProgress : undefined).finally(
      () => {
        sayLeftBehind(leftBehind, io);
      },
    );
    return { result: await store.complete(), kept };
  } catch (error) {
    await keepWhatThereIs(store, error, options, io);
    throw error;
  }
}

const headline = ({ suite, scale, seed, server }: RunOptions): string =>
  [
    'index-impact',
    `suite ${suite.name}`,
    ...(server.asTheyAre
      ? ['databases as they are']
      : [`candidate ${suite.candidate.name}`, `scale ${scale}`]),
    `seed ${seed}`,
  ].join('   ');

/** What ended the run is what the user has to hear of, whether or not its result can still be written. */
async function keepWhatThereIs(store: RunStore, cause: unknown, options: RunOptions, io: Io): Promise<void> {
  try {
    const result = await store.endEarly(cause, io.signal);
    // A report without a measurement would replace that of the last run.
    if (!result || !store.canGoOn) return;
    await (await loadOutput()).writeFiles(result, options, io);
    io.stderr.write(
      `go on with:\n  ${programCommand('run', '--resume', join(options.out, result.run.id))}\n`,
    );
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
  }
}

function describeKept({ databases, stopCommands }: Kept): string {
  const lines = databases.map(({ name, connectCommand }) => `  ${name}\n    ${connectCommand}`);
  return `\nThe server is still running:\n${lines.join('\n')}\nTo stop it and remove its files:\n  ${stopCommands.join('\n  ')}\n`;
}

/** 4 when anything could not be measured, 1 when the verdict is one that --fail-on names. */
export function exitCodeOf(result: Result, { failOn }: RunOptions, io: Io): ExitCode {
  const failed = [...result.reads, ...result.writes].filter(({ state }) => state === 'failed');
  if (failed.length === 0) return verdictCode(result, failOn, io);
  const names = failed.map(({ id, baseline }) => `${id} (${baseline})`).join(', ');
  io.stderr.write(`index-impact: not everything could be measured; see the report for ${names}\n`);
  return ExitCode.incomplete;
}

function verdictCode({ migration }: Result, failOn: RunOptions['failOn'], io: Io): ExitCode {
  if (!migration || !failOn.includes(migration.verdict)) return ExitCode.done;
  io.stderr.write(
    `index-impact: the verdict on the migration is "${migration.verdict}", which --fail-on names\n`,
  );
  return ExitCode.gateFailed;
}
