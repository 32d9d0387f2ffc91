import { join } from 'node:path';
import type { CommandLine } from '../../flags/commands.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Sweep } from '../../model/sweep.ts';
import { silentProgress } from '../../progress/progress.ts';
import { describeSweep, sourcesOf } from '../../sweep/describe-sweep.ts';
import { rowsAtScale } from '../../sweep/predicted-size.ts';
import { SweepStore } from '../../sweep/sweep-store.ts';
import { carryOutSweep } from '../../sweep/sweep.ts';
import { readUnfinishedSweep, refuseOtherSources, unfinishedRun } from '../../sweep/unfinished-sweep.ts';
import { withLock } from '../../system/lock.ts';
import { programCommand } from '../../system/program.ts';
import { confirmOnce } from '../confirm.ts';
import type { Execute, Io } from '../io.ts';
import { sayLeftBehind } from '../left-behind.ts';
import { showSweep, writeSweepFiles } from '../report-sweep.ts';
import { lineAgain } from '../resumed-line.ts';
import { sweepOptions, type SweepOptions } from '../sweep-options.ts';
import { withProgress } from '../with-progress.ts';

export const execute: Execute = async (line, io) => {
  if ('resume' in line.values) return goOn(line, io);
  const options = await sweepOptions(line, io.env);
  return sweep(options, await describeSweep(options, new Date()), io);
};

/** Measures what an earlier process has not. */
async function goOn(line: CommandLine, io: Io): Promise<ExitCode> {
  const { sweep: earlier, out } = await readUnfinishedSweep(String(line.values.resume), '--resume');
  const options = await sweepOptions(lineAgain(line, { flags: earlier.flags, out }), io.env);
  refuseOtherSources(earlier, await sourcesOf(options));
  const continued: Sweep = { ...earlier, outcome: { state: 'running' } };
  const lock = join(out, earlier.id, 'resumed');
  return withLock(lock, io.signal, () => sweep(options, continued, io), 0);
}

/** `index-impact sweep`: measures at several sizes, and reports what was measured even when it cannot go on. */
async function sweep(options: SweepOptions, begun: Sweep, io: Io): Promise<ExitCode> {
  const { suite, out, quiet } = options.run;
  const directory = join(out, begun.id);
  const rowsOf = rowsAtScale(suite.dataset.tables, begun.predict?.scale ?? 1);
  const store = new SweepStore(begun, directory, rowsOf);
  try {
    await withProgress(
      io,
      (progress) =>
        carryOutSweep(options, {
          store,
          progress,
          signal: io.signal,
          confirm: confirmOnce(options.run, io),
          onLeftBehind: (database) => {
            sayLeftBehind([database], io);
          },
          unfinishedAt: (scale) => unfinishedRun(begun, scale, directory),
        }),
      quiet ? silentProgress : undefined,
    );
  } catch (error) {
    if (store.isWritten) await writeSweepFiles(store.sweep, store.directory, io);
    if (store.isWritten)
      io.stderr.write(`go on with:\n  ${programCommand('sweep', '--resume', directory)}\n`);
    throw error;
  }
  await showSweep(store.sweep, store.directory, io);
  return exitCodeOf(store.sweep, io);
}

/** 4 when anything could not be measured. */
function exitCodeOf({ points }: Sweep, io: Io): ExitCode {
  const rows = points.flatMap(({ run }) => [...(run?.reads ?? []), ...(run?.writes ?? [])]);
  const failed = [...new Set(rows.filter(({ state }) => state === 'failed').map(({ id }) => id))];
  if (failed.length === 0) return ExitCode.done;
  io.stderr.write(
    `index-impact: not everything could be measured; see the report for ${failed.join(', ')}\n`,
  );
  return ExitCode.incomplete;
}
