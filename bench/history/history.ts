import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RunError, UsageError } from '../model/errors.ts';
import type { HistoryEntry } from '../model/night.ts';
import { withLock } from '../system/lock.ts';
import { readNamedFile } from '../system/named-file.ts';
import { replaceFile } from '../system/replace-file.ts';
import { journalText, parseJournal, withMissing, type Journal } from './journal.ts';
import { unrecordedResults, type HistoryPlace, type Unrecorded } from './kept-results.ts';

/** A history, and its problems in words. */
export interface History {
  entries: readonly HistoryEntry[];
  remarks: readonly string[];
}

export const journalIn = (directory: string): string => join(directory, 'history.jsonl');

/**
 * Every night and acceptance of a history, oldest first; empty where there is no history yet. Nothing is written.
 *
 * @throws UsageError when the history cannot be read, or lines of it are damaged
 */
export async function readHistory(place: HistoryPlace): Promise<History> {
  const { journal, unrecorded } = await examine(place);
  const { cutOff } = journal;
  const cut = cutOff && `${cutLine(place, cutOff.line)}; it is ignored, and the next night moves it aside`;
  return {
    entries: completed(journal, unrecorded),
    remarks: [...(cut ? [cut] : []), ...describe(unrecorded, 'it counts, and the next night adds the line')],
  };
}

/**
 * Changes a history atomically, under a lock, and repairs it where needed.
 *
 * @param change makes the new entries from the existing ones
 * @returns the history as it is now
 * @throws RunError when it cannot be written; UsageError when it cannot be read, or lines of it are damaged
 */
export async function changeHistory(
  place: HistoryPlace,
  signal: AbortSignal,
  change: (entries: readonly HistoryEntry[]) => Promise<readonly HistoryEntry[]>,
): Promise<History> {
  return writing(place.directory, () =>
    withLock(journalIn(place.directory), signal, async () => {
      const { journal, unrecorded } = await examine(place);
      const aside = journal.cutOff && (await setAside(place, journal.cutOff));
      const entries = await change(completed(journal, unrecorded));
      await replaceFile(journalIn(place.directory), journalText(entries, journal.texts));
      return { entries, remarks: [...(aside ? [aside] : []), ...describe(unrecorded, 'the line was added')] };
    }),
  );
}

async function examine(place: HistoryPlace): Promise<{ journal: Journal; unrecorded: Unrecorded[] }> {
  const path = journalIn(place.directory);
  const text = await readNamedFile(path).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    throw new UsageError([`--history: ${path} cannot be read: ${message}`]);
  });
  const journal = parseJournal(text.toString(), path);
  return { journal, unrecorded: await unrecordedResults(place, journal.entries) };
}

const completed = ({ entries }: Journal, unrecorded: readonly Unrecorded[]): readonly HistoryEntry[] =>
  unrecorded.flatMap((one) => ('night' in one ? [one.night] : [])).reduce(withMissing, entries);

const cutLine = ({ directory }: HistoryPlace, line: number): string =>
  `${journalIn(directory)}:${line}: the line was cut off while it was written`;

function describe(unrecorded: readonly Unrecorded[], outcome: string): string[] {
  return unrecorded.map((one) =>
    'night' in one
      ? `${one.file}: this night had no line in the history; ${outcome}`
      : `${one.file}: has no line in the history, and no line can be made from it: ${one.problem}; correct or remove it`,
  );
}

/** The same text always gets the same name, however often a kill interrupts this. */
async function setAside(
  place: HistoryPlace,
  { text, line }: NonNullable<Journal['cutOff']>,
): Promise<string> {
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const path = `${journalIn(place.directory)}.cut-off-${mark}`;
  await replaceFile(path, text);
  return `${cutLine(place, line)}; it was moved to ${path}`;
}

async function writing<T>(directory: string, write: () => Promise<T>): Promise<T> {
  try {
    await mkdir(directory, { recursive: true });
    return await write();
  } catch (cause) {
    if (cause instanceof UsageError || cause instanceof RunError) throw cause;
    throw new RunError(`The history in ${directory} cannot be written`, {
      detail: (cause as Error).message,
      remedy: 'Free space, or name another directory with --history.',
      cause,
    });
  }
}
