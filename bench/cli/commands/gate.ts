import { acceptanceOf, judgeNight } from '../../history/gate.ts';
import { changeHistory, readHistory } from '../../history/history.ts';
import { withNight } from '../../history/journal.ts';
import { keepResult } from '../../history/kept-results.ts';
import { nightOf } from '../../history/night-of.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Gate } from '../../model/gate.ts';
import type { Acceptance, HistoryEntry, Night } from '../../model/night.ts';
import { programCommand } from '../../system/program.ts';
import { counted } from '../../format/quantity.ts';
import { renderGate } from '../../report/gate.ts';
import type { Execute } from '../execute.ts';
import { messages } from '../failure.ts';
import { gateOptions, type GateOptions } from '../history-options.ts';
import { appearance, type Io } from '../io.ts';

export const execute: Execute = async (line, io) => gate(await gateOptions(line), io);

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
  io.stdout.write(text);
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
  io.stdout.write(describe(acceptance));
  return ExitCode.done;
}

function describe(acceptance: Acceptance | undefined): string {
  if (!acceptance) return 'There is nothing to accept: this night is as those before it.\n';
  const { scope, findings, run } = acceptance;
  const what = scope === 'series' ? 'the conditions of this night' : counted(findings.length, 'finding');
  return `Accepted: ${what}. Nights from here on are held against ${run}.\n`;
}
