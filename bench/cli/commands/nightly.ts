import { join } from 'node:path';
import { FlagReader } from '../../flags/flag-reader.ts';
import { judgeNight } from '../../history/gate.ts';
import type { HistoryPlace } from '../../history/kept-results.ts';
import { nightOf } from '../../history/night-of.ts';
import { itemsToConfirm } from '../../history/second-look.ts';
import { trendsOf } from '../../history/trends.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Night, NightItem } from '../../model/night.ts';
import type { Result } from '../../model/result.ts';
import type { NightContext } from '../../report/gate-sections.ts';
import { renderGate, renderGateMarkdown } from '../../report/gate.ts';
import { writeReports, writeWhole } from '../../report/write-report.ts';
import { explainFailure } from '../failure.ts';
import { chosenHistory, historyProblems } from '../history-place.ts';
import { appearance, type Execute, type Io } from '../io.ts';
import { print } from '../print.ts';
import { openHistory, recordNight } from '../record-night.ts';
import { resultText } from '../result-text.ts';
import { runOptions, type RunOptions } from '../run-options.ts';
import { acceptCommandFor, gateExitCode } from './gate.ts';
import { exitCodeOf, measure } from './run.ts';

export const execute: Execute = async (line, io) => {
  const read = new FlagReader({ ...line, problems: [] });
  const place = await chosenHistory(read, historyProblems);
  const run = await read.collect(() => runOptions(line, io.env));
  return nightly(read.finish(run && { run, place }), io);
};

interface NightlyOptions {
  run: RunOptions;
  /** What the night is added to. */
  place: HistoryPlace;
}

/**
 * `index-impact nightly`: a full run, held against the nights before it, and added to them. It is added as soon as it is
 * measured, and once more with what a second look has found: whatever ends the process afterwards loses no night.
 */
async function nightly({ run, place }: NightlyOptions, io: Io): Promise<ExitCode> {
  const known = await openHistory(place, io);
  const { result } = await measure(run, io);
  const resultFile = join(run.out, result.run.id, 'result.json');
  const first = nightOf(result);
  const early = await recordNight(place, first, resultFile, io);
  const entries = early.state === 'recorded' ? early.entries : known;
  const again = itemsToConfirm(judgeNight(entries, first), first);
  const confirmation = again.length > 0 ? await measureAgain(run, again, result.run.id, io) : undefined;
  const night: Night = { ...first, ...(confirmation && { confirmation }) };
  const recording = confirmation ? await recordNight(place, night, resultFile, io) : early;
  const gate = judgeNight(entries, night);
  const acceptCommand = acceptCommandFor(resultFile, place.directory);
  await show(result, { gate, acceptCommand, trends: trendsOf(entries, night, gate) }, run, io);
  if (recording.state === 'failed') throw recording.error;
  return worstOf(gateExitCode(gate), exitCodeOf(result, run, io));
}

async function show(result: Result, context: NightContext, run: RunOptions, io: Io): Promise<void> {
  const text = `${resultText(result, run, io)}\n${renderGate(context, appearance(io.stdout, io.env))}`;
  await print(io, text).finally(() => writeNight(result, context, run, io));
}

async function writeNight(result: Result, context: NightContext, run: RunOptions, io: Io): Promise<void> {
  const files = await writeReports(run.out, result, context);
  const page = renderGateMarkdown(context);
  const gateFiles = [join(run.out, result.run.id, 'gate.md'), join(run.out, 'latest-gate.md')];
  for (const path of gateFiles) await writeWhole(path, page);
  io.stderr.write(`\n${[...files, ...gateFiles].join('\n')}\n`);
}

/** A second measurement that cannot be made confirms nothing, and takes nothing from the first. */
async function measureAgain(
  run: RunOptions,
  items: readonly NightItem[],
  night: string,
  io: Io,
): Promise<NightItem[] | undefined> {
  const only = [...new Set(items.flatMap((item) => item.only ?? []))];
  const all = run.suite.reads.length + run.suite.writes.length;
  const budgetSeconds = Math.max(1, (run.budgetSeconds * only.length) / all);
  const out = join(run.out, night);
  try {
    const { result } = await measure({ ...run, workload: 'headline', only, budgetSeconds, out }, io);
    return nightOf(result).items;
  } catch (error) {
    if (io.signal.aborted) throw error;
    io.stderr.write(explainFailure(error).text);
    return undefined;
  }
}

/** A regression is worth more than an item that could not be measured. */
const worstOf = (gate: ExitCode, measured: ExitCode): ExitCode => (gate === ExitCode.done ? measured : gate);
