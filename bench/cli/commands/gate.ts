import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CommandLine } from '../../flags/commands.ts';
import { FlagReader } from '../../flags/flag-reader.ts';
import { acceptanceOf, judgeNight } from '../../history/gate.ts';
import { changeHistory, readHistory } from '../../history/history.ts';
import { withNight } from '../../history/journal.ts';
import { keepResult, type HistoryPlace } from '../../history/kept-results.ts';
import { nightOf } from '../../history/night-of.ts';
import { ExitCode, RunError } from '../../model/errors.ts';
import type { Gate } from '../../model/gate.ts';
import type { Acceptance, HistoryEntry, Night } from '../../model/night.ts';
import type { Result } from '../../model/result.ts';
import { programCommand } from '../../system/program.ts';
import { counted } from '../../format/quantity.ts';
import { renderGate } from '../../report/gate.ts';
import { incompleteness } from '../../report/heading.ts';
import { messages } from '../failure.ts';
import { accept as acceptFlag, json } from '../flags.ts';
import { chosenHistory, historyProblems } from '../history-place.ts';
import { appearance, type Execute, type Io } from '../io.ts';
import { print } from '../print.ts';
import { resultArgument, resultFileAt } from '../read-result.ts';

export const execute: Execute = async (line, io) => gate(await gateOptions(line), io);

interface GateOptions {
  /** Of the result. */
  file: string;
  result: Result;
  place: HistoryPlace;
  /** Why these findings are the new baseline; undefined to judge only. */
  accept: string | undefined;
  /** Print the answer as JSON instead of tables. */
  json: boolean;
}

async function gateOptions(line: CommandLine): Promise<GateOptions> {
  const read = new FlagReader(line);
  const reason = read.value(acceptFlag);
  if (reason?.trim() === '') read.problem(acceptFlag, 'takes the reason, in words');
  const place = await chosenHistory(read, async (directory) => {
    const absence = await absenceOf(directory);
    return absence.length > 0 || reason === undefined ? absence : historyProblems(directory);
  });
  const file = await resultFileAt(line.arguments[0] ?? '');
  const result = await resultArgument(read, line, 0);
  const options = read.finish(result && { file, result, place, accept: reason, json: read.isGiven(json) });
  refuseUnlessComplete(options);
  return options;
}

/** What is missing in a night cannot be worse than before. */
function refuseUnlessComplete({ file, result }: GateOptions): void {
  const why = incompleteness(result);
  if (why === undefined) return;
  throw new RunError(`${file} is no whole night`, {
    detail: why,
    remedy: `Go on with it:\n  ${programCommand('run', '--resume', dirname(file))}`,
  });
}

/** Nights are held against earlier ones: where there are none, a first one has to be measured. */
async function absenceOf(directory: string): Promise<string[]> {
  const isThere = await stat(directory).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const begin = programCommand('nightly', '--history', directory);
  return isThere ? [] : [`there is no directory ${directory}; this begins a history there:\n  ${begin}`];
}

/** `index-impact gate`: is this night worse than those before it? The same files give the same answer. */
async function gate(options: GateOptions, io: Io): Promise<ExitCode> {
  return options.accept === undefined ? judge(options, io) : accept(options, options.accept, io);
}

async function judge({ file, result, place, json }: GateOptions, io: Io): Promise<ExitCode> {
  const { entries, remarks } = await readHistory(place);
  io.stderr.write(messages(remarks));
  const judged = judgeNight(entries, recorded(entries, nightOf(result)));
  const text = json
    ? `${JSON.stringify(judged, null, 2)}\n`
    : renderGate(
        { gate: judged, acceptCommand: acceptCommandFor(file, place.directory), trends: [] },
        appearance(io.stdout, io.env),
      );
  await print(io, text);
  return gateExitCode(judged);
}

/** What is typed to take a night over as the new normal. */
export const acceptCommandFor = (file: string, history: string): string =>
  `${programCommand('gate', file, '--history', history)} --accept "why"`;

export function gateExitCode({ state }: Gate): ExitCode {
  if (state === 'failed') return ExitCode.gateFailed;
  return state === 'not comparable' ? ExitCode.notComparable : ExitCode.done;
}

/** As the history has it, which may hold a second measurement, too. */
const recorded = (entries: readonly HistoryEntry[], night: Night): Night =>
  entries.filter((entry) => entry.kind === 'night').find(({ run }) => run === night.run) ?? night;

/** Night and acceptance come into the history together, or neither does. */
async function accept({ file, result, place }: GateOptions, reason: string, io: Io): Promise<ExitCode> {
  let acceptance: Acceptance | undefined;
  const { remarks } = await changeHistory(place, io.signal, async (entries) => {
    const night = recorded(entries, nightOf(result));
    const found = acceptanceOf(judgeNight(entries, night), reason, new Date());
    if (found.scope === 'findings' && found.findings.length === 0) return entries;
    acceptance = found;
    if (!entries.includes(night)) await keepResult(place.directory, night.run, file);
    return [...withNight(entries, night), acceptance];
  });
  io.stderr.write(messages(remarks));
  await print(io, describe(acceptance));
  return ExitCode.done;
}

function describe(acceptance: Acceptance | undefined): string {
  if (!acceptance) return 'There is nothing to accept: this night is as those before it.\n';
  const { scope, findings, run } = acceptance;
  const what = scope === 'series' ? 'the conditions of this night' : counted(findings.length, 'finding');
  return `Accepted: ${what}. Nights from here on are held against ${run}.\n`;
}
