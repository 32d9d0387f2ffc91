import { join } from 'node:path';
import { changeHistory } from '../history/history.ts';
import { withNight } from '../history/journal.ts';
import { keepResult, resultsIn, type HistoryPlace } from '../history/kept-results.ts';
import { RunError } from '../model/errors.ts';
import type { HistoryEntry, Night } from '../model/night.ts';
import { messages } from './failure.ts';
import type { Io } from './io.ts';

type Entries = readonly HistoryEntry[];

/** Mends a history before a night is measured for it, which shows that it can be written, too. */
export async function openHistory(place: HistoryPlace, io: Io): Promise<Entries> {
  const { entries, remarks } = await changeHistory(place, io.signal, (known) => Promise.resolve(known));
  io.stderr.write(messages(remarks));
  return entries;
}

/** The history with the night in it, or why it could not be added: what was measured is shown all the same. */
export type Recording = { state: 'recorded'; entries: Entries } | { state: 'failed'; error: RunError };

/** Adds a night with its whole result, or replaces what was added of it before. */
export async function recordNight(
  place: HistoryPlace,
  night: Night,
  resultFile: string,
  io: Io,
): Promise<Recording> {
  try {
    const { entries, remarks } = await changeHistory(place, io.signal, async (known) => {
      await keepResult(place.directory, night.run, resultFile);
      return withNight(known, night);
    });
    io.stderr.write(messages(remarks));
    return { state: 'recorded', entries };
  } catch (cause) {
    if (io.signal.aborted) throw cause;
    return { state: 'failed', error: notRecorded(cause as Error, place, night, resultFile) };
  }
}

function notRecorded(
  cause: Error,
  { directory }: HistoryPlace,
  { run }: Night,
  resultFile: string,
): RunError {
  const detail = cause instanceof RunError && cause.detail !== undefined ? `: ${cause.detail}` : '';
  return new RunError('This night was measured, and is not in its history', {
    detail: cause.message + detail,
    remedy: `Mend that, then copy ${resultFile} to ${join(resultsIn(directory), `${run}.json`)}: the next night adds this one.`,
    cause,
  });
}
