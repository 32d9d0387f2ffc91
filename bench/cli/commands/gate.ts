import { acceptanceOf, judgeNight } from '../../history/gate.ts';
import { appendToHistory, keepResult, readHistory } from '../../history/journal.ts';
import { nightOf } from '../../history/night-of.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Gate } from '../../model/gate.ts';
import type { HistoryEntry, Night } from '../../model/night.ts';
import { programCommand } from '../../model/program.ts';
import { renderGate } from '../../report/gate.ts';
import type { GateOptions } from '../history-options.ts';
import { appearance, type Io } from '../io.ts';
import { readResult } from '../read-result.ts';

/** `index-impact gate`: is this night worse than those before it? The same files give the same answer. */
export async function gate({ file, history, accept, json }: GateOptions, io: Io): Promise<ExitCode> {
  const entries = await readHistory(history);
  const night = recorded(entries, nightOf(await readResult('gate', file)));
  const judged = judgeNight(entries, night);
  if (accept !== undefined) return acceptNight({ file, history, accept }, judged, entries, night, io);
  const text = json
    ? `${JSON.stringify(judged, null, 2)}\n`
    : renderGate(
        { gate: judged, acceptCommand: acceptCommandFor(file, history), trends: [] },
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

async function acceptNight(
  { file, history, accept }: { file: string; history: string; accept: string },
  judged: Gate,
  entries: readonly HistoryEntry[],
  night: Night,
  io: Io,
): Promise<ExitCode> {
  const acceptance = acceptanceOf(judged, accept, new Date());
  if (acceptance.scope === 'findings' && acceptance.findings.length === 0) {
    io.stdout.write('There is nothing to accept: this night is as those before it.\n');
    return ExitCode.done;
  }
  if (!entries.includes(night)) {
    await keepResult(history, night.run, file);
    await appendToHistory(history, night);
  }
  await appendToHistory(history, acceptance);
  const what =
    acceptance.scope === 'series' ? 'the conditions of this night' : counted(acceptance.findings.length);
  io.stdout.write(`Accepted: ${what}. Nights from here on are held against ${night.run}.\n`);
  return ExitCode.done;
}

const counted = (findings: number): string => `${findings} ${findings === 1 ? 'finding' : 'findings'}`;
